import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ExpectedError } from '@stoa/kernel';
import { checkPassword } from '../src/password-rules.ts';

/** Why a password is refused to somebody; undefined if it is taken. */
function refusalOf(password: string, person = { email: 'marianne.dias77@uni.example', name: 'Marianne Dias' }) {
  const options = { person, locale: 'en', pointer: '/password', publicUrl: 'https://campus.lyceum.example' } as const;
  try {
    checkPassword(password, options);
  } catch (error) {
    if (error instanceof ExpectedError) return error.errors?.[0]?.code;
    throw error;
  }
  return undefined;
}

/** Passwords that guessing begins with, by what makes them so. */
const common = {
  'a common word': ['password', 'qwertyuiop', 'football', 'contraseña', 'minhasenha'],
  'with digits and signs around it': [
    '!Password2026',
    'senha@123',
    'password123456789',
    'dragon 2024!',
    '123456password',
  ],
  'with many that follow a pattern': ['senha1234567890!', 'monkey!!!!!!!!', 'princesa20262026', 'dragon31121999'],
  'in disguise': ['P@ssw0rd!', '$enha123', 'passw0rd', 'dr4g0n2024'],
  'again and again': [
    'passwordpassword',
    'PasswordPassword',
    'senhasenha',
    'dragondragondragon',
    'passwordpasswordpass',
  ],
  'again with something between': ['password-password', 'senha senha', 'password.Password', 'Senha_senha_senha'],
  'again with digits and signs': [
    'password1password1',
    'Password123Password123!',
    'password1password2',
    'senha2024senha2025',
    '!passwordpassword1',
    'passwordpassword2026!',
  ],
  'again in disguise': ['p4ssw0rdp4ssw0rd', 'p@ssw0rdp@ssw0rd!', '$enha$enha', '$enha$enha!'],
  'characters that repeat': ['aaaaaaaa', 'aaaaaaa1', '11111112', 'aaaabbbb', '121212121', 'abcabcabc', '!!!!!!!!!!'],
  'a sequence': ['12345678', 'abcdefgh', '87654321', '11223344', 'aabbccddee', 'abcd1234', '1234567890abc'],
  'a run over the keyboard': [
    'qwerty123456',
    'qwertyqwerty',
    'qwertz5qwertz5',
    'abcde1abcde1',
    'qwertyqwertyqwertyqwerty',
    'asdfghjkl;',
    '1qaz2wsx3edc',
    '!QAZ2wsx',
    'qazwsxedc',
    'poiuyt99!',
    'qqwweerrtt',
    '!@#$%^&*()',
    '1234!@#$',
    'azertyuiop',
  ],
  'a date': ['25121990', '1999-12-31', '31/12/1999'],
  'the service': ['stoastoa', 'stoa-2026!', 'Lyceum2026', 'campus123', 'lyceumlyceum', 'campus-campus!'],
};

/** The person's own address and name. */
const own = [
  ...['marianne99', 'marianne@uni.example', 'MarianneDias', 'dias.marianne', 'mariannemarianne', 'Marianne-Marianne!'],
  ...['m4ri4nne2026', 'diasmariannedias', 'Marianne Dias 1990', 'uniexample1', 'mariannedias77'],
];

/** What people rightly choose. */
const good = [
  ...['seven quiet columns', 'vento quieto na serra', 'correct horse battery staple', 'tardes de novembro'],
  ...['four unrelated words here', 'monkey coffee winter', 'dragon purple soccer', 'marble sofa thunder 88'],
  ...['uma frase nova e longa', 'cinco lluvias de abril', 'walnut pier comet 19', 'kelp lantern orbit 41'],
  ...[
    'пароль-над-рекой',
    '水の音 静かな夜 猫',
    'kX9#vQ2m',
    '93716482',
    '7f3b-a91c-04de',
    'hq2RzTnV0pXw',
    'café da manhã cedo',
  ],
  ...['marianne likes long walks', 'the password of my aunt', 'password for a quiet house', 'amor de mar e sal'],
  ...['xkqzpwhm', 'xkqzpwhmxkqzpwhm', 'clima tropical frio', 'learning to swim late', 'stoa above the harbour'],
];

describe('passwords that would be guessed', () => {
  for (const [what, passwords] of Object.entries(common))
    test(what, () => {
      const taken = passwords.filter((password) => refusalOf(password) !== 'password_too_common');
      assert.deepEqual(taken, []);
    });

  test('the name or the address of the person', () => {
    assert.deepEqual(
      own.map((password) => [password, refusalOf(password)]),
      own.map((password) => [password, 'password_contains_identity']),
    );
  });

  test('fewer than eight characters', () => {
    assert.equal(refusalOf('kX9#vQ2'), 'password_too_short');
  });
});

test('phrases and passwords that nobody could know are taken', () => {
  assert.deepEqual(
    good.map((password) => [password, refusalOf(password)]),
    good.map((password) => [password, undefined]),
  );
});

test('what is common to somebody else is not refused to those it does not belong to', () => {
  assert.equal(refusalOf('mariannedias77', { email: 'rui@uni.example', name: 'Rui Alves' }), undefined);
});

test('an address without letters is not a password either', () => {
  assert.equal(refusalOf('7364829105', { email: '7364829105@uni.example', name: 'Rui' }), 'password_contains_identity');
});

test('a name that repeats does not make a long password slow to look at', () => {
  const person = { email: `${'a'.repeat(60)}@uni.example`, name: 'aaa aaaa aaaaa aaaaaa' };
  assert.equal(refusalOf(`${'aaa'.repeat(80)}xqz`, person), undefined);
});
