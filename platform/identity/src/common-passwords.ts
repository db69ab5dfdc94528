/**
 * The passwords that guessing begins with, as stems and the ways people decorate them. Expanded once into a set of some
 * thousands. Written in folded form: lower case, look-alike digits and signs as letters (see `foldPassword`).
 */
const stems = `password passwort passwd contrasena contraseña senha senhas clave acesso access login admin administrator
administrador root user usuario usuário guest visitante test teste prueba testing default changeme changeit welcome
bemvindo bienvenido letmein trustno secret secreto segredo master mestre maestro monkey dragon dragao shadow sunshine
princess princesa football futbol futebol baseball basketball soccer hockey superman batman spiderman pokemon naruto
starwars matrix hunter ranger killer ninja samurai pirate wizard phoenix tiger lion eagle falcon panther wolf bear
michael michelle jennifer jessica ashley daniel daniela andrew andrea joshua matthew robert william charlie thomas george
jordan harley maria mariana joao jose carlos antonio francisco fernando fernanda gabriel gabriela lucas juliana rafael
camila bruno amanda leticia patricia eduardo ricardo roberto alejandro alejandra sofia valentina santiago sebastian
brasil brazil mexico argentina colombia españa espana flamengo corinthians palmeiras santos saopaulo gremio
internacional cruzeiro vasco botafogo fluminense barcelona realmadrid liverpool arsenal chelsea juventus america
iloveyou loveyou teamo euteamo tequiero amor amorzinho meuamor miamor love lovely lover forever family familia friends
amigos jesus jesuscristo cristo deus deusefiel dios godisgood angel anjo angelo faith hope
summer winter spring autumn verano invierno primavera verao inverno january february march april june july august
september october november december monday friday sunday orange banana apple cookie cheese chocolate coffee pepper
ginger flower butterfly purple yellow silver golden diamond crystal rainbow freedom liberty liberdade libertad
computer computador internet google facebook instagram whatsapp youtube amazon apple microsoft windows samsung android
nintendo playstation minecraft fortnite gamer games player music guitar qwerty qwertyuiop qwertyui asdfgh asdfghjkl
asdfasdf zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc abcdef abcdefg abcdefgh abcd abc aaa mypassword mypass
minhasenha micontrasena mudar mudarsenha trocar trocarsenha trocasenha cambiar cambiame company empresa office oficina
escritorio school escola escuela student estudante estudiante teacher professor profesor curso course stoa learning
localhost learn aprender cursos courses mercedes ferrari porsche toyota honda mustang corvette harleydavidson yamaha suzuki
mother father mamae papai mama papa baby bebe buster tigger snoopy mickey scooter jasmine maggie bailey rocky lucky
happy smile whatever nothing something anything blahblah asdf trustme openup opensesame abrete sesamo`
  .split(/\s+/)
  .filter(Boolean);

const endings = [
  '',
  ...['1', '12', '123', '1234', '12345', '123456', '1234567', '12345678', '123456789', '01', '007', '69', '77', '99'],
  ...['0', '00', '000', '10', '11', '22', '111', '321', '4321', '100', '2000', '1990', '2010'],
];

const walks = [
  '1234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'abcdefghijklmnopqrstuvwxyz',
  '1q2w3e4r5t6y7u8i9o0p',
  // The columns, the row of signs, and the first rows of keyboards elsewhere.
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '!@#$%^&*()',
  'azertyuiop',
  'qwertzuiop',
];

const unfolded: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/** Lower case, accents and look-alike digits and signs as the letters they stand for. */
export function foldPassword(password: string): string {
  return withoutAccents(password).replace(/[@4310!$57]/g, (sign) => unfolded[sign] ?? sign);
}

/** Lower case and without accents. */
export function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

const expanded = new Set(
  stems
    .map(withoutAccents)
    .flatMap((stem) => endings.flatMap((ending) => [stem + ending, foldPassword(stem + ending)])),
);
const folded = new Set(stems.map(foldPassword));

/**
 * True for a password that guessing tools try first: a well-known word, however often, with the usual digits, years and
 * signs around it; a walk over the keyboard, a sequence, a date, a short pattern again and again (NIST SP 800-63B-4,
 * 3.1.1.2). Several words that have nothing to do with each other are none of these, however common each is.
 * @param context words that belong to the service, e.g. the names in its address, which are known to whoever guesses there
 */
export function isCommonPassword(password: string, context: readonly string[] = []): boolean {
  const words = new Set(context.map(lettersOf).filter((word) => word.length >= 4));
  const isWord = (text: string) => expanded.has(text) || folded.has(text) || words.has(text);
  const isGuessed = (text: string) => isWord(unitOf(text)) || isPattern(unitOf(text)) || isPattern(text);
  const plain = withoutAccents(password);
  if (isPattern(plain) || new Set(plain).size < 4) return true;
  const [front = ''] = /^[^\p{L}]*/u.exec(plain) ?? [];
  const [end = ''] = /[^\p{L}]*$/u.exec(plain) ?? [];
  // Signs at the ends are decoration or letters in disguise ("$enha"), so both are tried.
  const bodies = [
    { body: plain, around: [] },
    { body: plain.slice(0, plain.length - end.length), around: [end] },
    { body: plain.slice(front.length, plain.length - end.length), around: [front, end] },
  ];
  return bodies.some(({ body, around }) => {
    if (!lettersOf(body) || !around.every(isDecoration)) return false;
    const between = body.match(/[^\p{L}]+/gu) ?? [];
    return (
      [body, joined(body), joined(foldPassword(body))].some(isGuessed) ||
      (between.every(isDecoration) && isWord(unitOf(lettersOf(body))))
    );
  });
}

/** True if the letters are nothing but these words, one after the other, with whatever digits and signs. */
export function consistsOf(password: string, words: readonly string[]): boolean {
  const wanted = [...new Set(words.map(lettersOf))].filter((word) => word.length >= 3);
  const plain = withoutAccents(password);
  return [plain, foldPassword(plain.replace(/[^\p{L}]+$/u, ''))].map(lettersOf).some((letters) => {
    // Which beginnings of it are made of words: position by position, so that no name makes this slow.
    const reached = new Set([0]);
    for (let at = 0; at < letters.length; at += 1)
      if (reached.has(at)) for (const word of wanted) if (letters.startsWith(word, at)) reached.add(at + word.length);
    return letters.length >= 4 && reached.has(letters.length);
  });
}

function lettersOf(text: string): string {
  return withoutAccents(text).replace(/[^\p{L}]/gu, '');
}

function joined(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

/** What somebody puts before, behind or between words: some digits and signs, or more that follow a pattern. */
function isDecoration(text: string): boolean {
  return text.length <= 6 || isPattern(text) || isPattern(joined(text));
}

function isPattern(text: string): boolean {
  return isWalk(text) || isWalk(text.replace(/(.)\1+/gu, '$1')) || isRepetition(text) || isDate(text);
}

/** What a text repeats from beginning to end ("senhasenhasen": "senha"), or the text. */
function unitOf(text: string): string {
  for (let size = 1; size <= text.length / 2; size += 1) {
    const unit = text.slice(0, size);
    if (text === unit.repeat(Math.ceil(text.length / size)).slice(0, text.length)) return unit;
  }
  return text;
}

/** Runs along a keyboard row, the alphabet or the digits, in either direction, and their joints ("qwerty12345"). */
function isWalk(text: string): boolean {
  let rest = text;
  for (let pieces = 0; pieces < 3; pieces += 1) {
    let longest = 0;
    for (const walk of walks) {
      for (const line of [walk + walk, [...(walk + walk)].reverse().join('')]) {
        let length = 0;
        while (length < rest.length && line.includes(rest.slice(0, length + 1))) length += 1;
        if (length > longest) longest = length;
      }
    }
    if (longest < 3) return false;
    rest = rest.slice(longest);
    if (rest.length <= 1) return true;
  }
  return false;
}

/** "aaaaaaaa", "12121212", "abcabcabc": up to four characters again and again. */
function isRepetition(text: string): boolean {
  const unit = unitOf(text);
  return unit.length <= 4 && unit !== text;
}

/** A bare date: 31121999, 1999-12-31, 31/12/1999. */
function isDate(text: string): boolean {
  const digits = text.replace(/[-/. ]/g, '');
  if (!/^\d{8}$/.test(digits)) return false;
  const plausible = (year: string, a: string, b: string) =>
    /^(19|20)/.test(year) && Number(a) >= 1 && Number(a) <= 31 && Number(b) >= 1 && Number(b) <= 31;
  return (
    plausible(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6)) ||
    plausible(digits.slice(4), digits.slice(0, 2), digits.slice(2, 4))
  );
}
