/** Reads `length` bytes at `offset`; fewer at the end of the file. */
export type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** A file seen through a window. `view` is shorter than asked for only where the file ends. */
export type Bytes = { size: number; view: (offset: number, length: number) => Promise<DataView> };

const windowBytes = 16 * 1024;
/** No measure asks for more at once, whatever the file says of itself. */
const largestView = 256 * 1024;
const mostReads = 4096;
const mostBytes = 64 * 1024 * 1024;
/** Half a million glances are about a second of work; the frames of four hours of MP3 need as many. */
const mostViews = 600_000;

/** The file asked for more reading than its length is worth. */
export class TooMuchToRead extends Error {}

/**
 * A window over a file that keeps the last few bytes it read and gives up on files that send it to and fro.
 * @throws TooMuchToRead after 600 000 views, 4096 reads or 64 MiB, and for views beyond 256 KiB
 */
export function byteWindow(size: number, readAt: ReadAt): Bytes {
  let from = 0;
  let held: Uint8Array = new Uint8Array();
  let reads = 0;
  let bytes = 0;
  let views = 0;
  return {
    size,
    view: async (offset, length) => {
      views += 1;
      if (views > mostViews) throw new TooMuchToRead('too many views');
      if (length > largestView) throw new TooMuchToRead('a larger view than any measure needs');
      if (!Number.isSafeInteger(offset) || offset < 0 || offset >= size) return viewOf(new Uint8Array());
      const end = Math.min(offset + length, size);
      if (offset < from || end > from + held.length) {
        const wanted = Math.min(Math.max(length, windowBytes), size - offset);
        reads += 1;
        bytes += wanted;
        if (reads > mostReads || bytes > mostBytes) throw new TooMuchToRead('too many reads');
        held = await readAt(offset, wanted);
        from = offset;
      }
      return viewOf(held.subarray(offset - from, end - from));
    },
  };
}

/** Four letters of a view as text; shorter at its end. */
export function lettersAt(view: DataView, at: number, count = 4): string {
  let text = '';
  for (let n = at; n < Math.min(at + count, view.byteLength); n += 1) text += String.fromCharCode(view.getUint8(n));
  return text;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
