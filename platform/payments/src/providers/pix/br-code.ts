/**
 * BR Code, the text behind a Pix QR code: EMV fields of id (2 digits), length (2 digits) and value, closed by a CRC.
 * Source: Banco Central do Brasil, Pix API 2.9.0 (bacen/pix-api) and its manual of standards for initiating Pix.
 */
export type BrCodeFields = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

const pixDomain = 'br.gov.bcb.pix';

/** CRC-16/CCITT-FALSE (polynomial 0x1021, start 0xFFFF) of the UTF-8 bytes, as four upper-case hex digits. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of Buffer.from(text, 'utf8')) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

/** One field. @throws RangeError when the value is empty or longer than 99 characters */
function field(id: string, value: string): string {
  if (value.length < 1 || value.length > 99) throw new RangeError(`field ${id} has ${value.length} characters`);
  return `${id}${String(value.length).padStart(2, '0')}${value}`;
}

type Merchant = {
  /** At most 25 characters; longer ones are cut, accents are dropped. */
  merchantName: string;
  /** At most 15 characters. */
  merchantCity: string;
};

/** A code that anybody can pay any number of times, with the receiver's key in it. */
export type StaticBrCode = Merchant & {
  kind: 'static';
  /** The receiver's Pix key: CPF, CNPJ, phone, e-mail or random key; at most 77 characters. */
  key: string;
  /** Decimal text such as `10.00`; the payer chooses without it. */
  amount?: string;
  /** Shown to the payer. */
  info?: string;
  /** Finds the payment in the statement: at most 25 letters and digits; `***` for none. */
  txid?: string;
};

/** A code for one charge: the payer's bank reads the charge at the address. */
export type DynamicBrCode = Merchant & { kind: 'dynamic'; location: string };

/**
 * Writes a BR Code.
 * @throws RangeError when a value does not fit
 */
export function encodeBrCode(code: StaticBrCode | DynamicBrCode): string {
  const account =
    code.kind === 'static'
      ? field('00', pixDomain) + field('01', code.key) + (code.info ? field('02', code.info) : '')
      : field('00', pixDomain) + field('25', code.location.replace(/^https?:\/\//, ''));
  const txid = code.kind === 'static' ? (code.txid ?? '***') : '***';
  if (txid !== '***' && !/^[a-zA-Z0-9]{1,25}$/.test(txid)) throw new RangeError('a txid is 1 to 25 letters and digits');
  const amount = code.kind === 'static' ? code.amount : undefined;
  if (amount !== undefined && !/^\d{1,10}\.\d{2}$/.test(amount)) throw new RangeError('an amount is written 0.00');
  const body = [
    field('00', '01'),
    code.kind === 'dynamic' ? field('01', '12') : '',
    field('26', account),
    field('52', '0000'),
    field('53', '986'),
    amount === undefined ? '' : field('54', amount),
    field('58', 'BR'),
    field('59', plain(code.merchantName, 25)),
    field('60', plain(code.merchantCity, 15)),
    field('62', field('05', txid)),
    '6304',
  ].join('');
  return body + crc16(body);
}

/** Text that every reader of codes can show: without accents, cut to length. */
function plain(text: string, most: number): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, ' ')
    .trim()
    .slice(0, most)
    .trim();
}

// Fields that hold fields of their own.
const nested = (id: string) =>
  id === '62' || (Number(id) >= 26 && Number(id) <= 51) || (Number(id) >= 80 && Number(id) <= 99);

/**
 * Reads a BR Code; undefined when it is none: broken fields, or a CRC that does not fit.
 */
export function decodeBrCode(code: string): BrCodeFields | undefined {
  // Written in upper case; some print it in lower case, and it means the same.
  if (!/6304[0-9A-F]{4}$/i.test(code) || crc16(code.slice(0, -4)) !== code.slice(-4).toUpperCase()) return undefined;
  const fields = split(code);
  if (!fields) return undefined;
  const decoded: Record<string, string | Record<string, string>> = {};
  for (const [id, value] of fields) {
    const inner = nested(id) ? split(value) : undefined;
    decoded[id] = inner ? Object.fromEntries(inner) : value;
  }
  return decoded;
}

function split(text: string): [id: string, value: string][] | undefined {
  const fields: [string, string][] = [];
  for (let at = 0; at < text.length; ) {
    const head = /^(\d{2})(\d{2})$/.exec(text.slice(at, at + 4));
    const length = Number(head?.[2]);
    if (!head || at + 4 + length > text.length) return undefined;
    fields.push([head[1] ?? '', text.slice(at + 4, at + 4 + length)]);
    at += 4 + length;
  }
  return fields;
}
