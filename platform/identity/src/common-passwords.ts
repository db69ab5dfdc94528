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
mercedes ferrari porsche toyota honda mustang corvette harleydavidson yamaha suzuki
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
 * True for a password that guessing tools try first: a well-known word with the usual digits, years and signs, a walk
 * over the keyboard, a sequence, or one short pattern repeated.
 */
export function isCommonPassword(password: string): boolean {
  const plain = withoutAccents(password);
  if (expanded.has(plain) || expanded.has(foldPassword(password))) return true;
  // The word under what people put around it: "!Password2026", "senha@123".
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  const around = plain.length - core.length;
  if (core && around <= 6 && (expanded.has(core) || folded.has(foldPassword(core)))) return true;
  const bare = foldPassword(password).replace(/[^\p{L}]/gu, '');
  if (bare && plain.length - bare.length <= 2 && folded.has(bare)) return true;
  return isWalk(plain) || isRepetition(plain) || isDate(plain);
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
  for (let size = 1; size <= 4; size += 1) {
    const unit = text.slice(0, size);
    if (text.length >= size * 2 && unit.repeat(Math.ceil(text.length / size)).slice(0, text.length) === text)
      return true;
  }
  return false;
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
