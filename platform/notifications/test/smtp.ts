import { SMTPServer } from 'smtp-server';

/** A mail as the server got it. */
export type ReceivedMail = {
  to: string[];
  headers: Map<string, string>;
  subject: string;
  html: string;
  text: string;
  attachments: { fileName: string; content: Buffer }[];
  raw: string;
};

export type Mailhost = {
  url: string;
  mails: ReceivedMail[];
  /** What the server answers to the next deliveries: a code to fail with, or undefined to accept. */
  answer: (mail: { to: string[]; nth: number }) => { code: number; at: 'rcpt' | 'data'; text?: string } | undefined;
  close: () => Promise<void>;
};

/** A real SMTP server in this process, on a free port or the given one. */
export async function startMailhost(port = 0): Promise<Mailhost> {
  const mails: ReceivedMail[] = [];
  let nth = 0;
  const refusal = ({ code, text = 'not now' }: { code: number; text?: string }) =>
    Object.assign(new Error(text), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (address, _session, callback) => {
      nth += 1;
      const answer = host.answer({ to: [address.address], nth });
      callback(answer?.at === 'rcpt' ? refusal(answer) : null);
    },
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map((address) => address.address);
        const answer = host.answer({ to, nth });
        if (answer?.at === 'data') return callback(refusal(answer));
        mails.push({ to, ...readMessage(Buffer.concat(chunks).toString('latin1')) });
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.server.address();
  if (!address || typeof address !== 'object') throw new Error('the test mail server has no port');
  const host: Mailhost = {
    url: `smtp://127.0.0.1:${address.port}`,
    mails,
    answer: () => undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return host;
}

type Part = { headers: Map<string, string>; body: string };

function readPart(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const colon = line.indexOf(':');
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body: raw.slice(end + 4) };
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get('content-transfer-encoding')?.toLowerCase();
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8');
  if (encoding === 'quoted-printable') return fromQuoted(body.replace(/=\r\n/g, ''));
  return Buffer.from(body, 'latin1').toString('utf8');
}

function fromQuoted(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}

/** RFC 2047 words. */
function decodeWords(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_all, kind: string, text: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : fromQuoted(text.replaceAll('_', ' ')),
    );
}

/** The leaves of a message, however deep: a mail with an attachment holds its two bodies in a part of their own. */
function leavesOf(part: Part): Part[] {
  const boundary = /boundary="([^"]+)"/.exec(part.headers.get('content-type') ?? '')?.[1];
  if (!boundary) return [part];
  return part.body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((piece) => leavesOf(readPart(piece.replace(/^\r\n/, ''))));
}

function readMessage(raw: string): Omit<ReceivedMail, 'to'> {
  const whole = readPart(raw);
  const parts = leavesOf(whole);
  const of = (type: string) => {
    const part = parts.find((candidate) => candidate.headers.get('content-type')?.startsWith(type));
    return part ? decodeBody(part) : '';
  };
  return {
    headers: whole.headers,
    subject: decodeWords(whole.headers.get('subject') ?? ''),
    html: of('text/html'),
    text: of('text/plain'),
    attachments: parts.flatMap((part) => {
      const fileName = /filename="?([^";]+)"?/.exec(part.headers.get('content-disposition') ?? '')?.[1];
      return fileName ? [{ fileName, content: Buffer.from(part.body, 'base64') }] : [];
    }),
    raw,
  };
}
