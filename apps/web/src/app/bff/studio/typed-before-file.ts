/** Enough for the fields of our forms, whatever they are written in; what comes after is a file. */
const mostBytes = 16 * 1024;
/** Of one field: as many as our forms let people type. */
const mostCharacters = 300;

type Listening = {
  /** What has to be sent on in its place. */
  body: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** What was typed into these fields, as far as the form has passed by; without those that it does not have. */
  typed: () => Promise<Record<string, string>>;
};

/**
 * Reads what people typed before the file of a form while the form passes by on its way to the API: whoever is refused gets
 * it back. The file itself is not kept. What is no multipart form says nothing.
 */
export function listenForFields(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  { contentType, names }: { contentType: string | null; names: readonly string[] },
): Listening {
  const pieces: Uint8Array[] = [];
  let heard = 0;
  const listener = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (piece, onward) => {
      if (heard < mostBytes) pieces.push(piece.slice(0, mostBytes - heard));
      heard += piece.length;
      onward.enqueue(piece);
    },
  });
  return {
    body: body.pipeThrough(listener),
    typed: async () => {
      const fields = await fieldsIn(Buffer.concat(pieces), contentType ?? '');
      return Object.fromEntries(
        names.flatMap((name) => {
          const value = fields?.get(name);
          return typeof value === 'string' ? [[name, value.slice(0, mostCharacters)]] : [];
        }),
      );
    },
  };
}

/** The parts that are there to their end, of the beginning of a multipart form (RFC 7578); null for anything else. */
async function fieldsIn(beginning: Buffer, contentType: string): Promise<FormData | null> {
  const [, quoted, plain] = /^multipart\/form-data;.*?boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary === undefined) return null;
  const delimiter = `\r\n--${boundary}`;
  const end = beginning.lastIndexOf(delimiter);
  if (end < 0) return null;
  const whole = Buffer.concat([beginning.subarray(0, end), Buffer.from(`${delimiter}--\r\n`)]);
  // It throws for what is no form, which is for the API to say.
  return new Response(whole, { headers: { 'content-type': contentType } }).formData().catch(() => null);
}
