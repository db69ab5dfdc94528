'use client';

/** What came back: the status, 0 when nothing did, and the JSON of the answer or null. */
export type Answer = { status: number; body: unknown };

/** Sends a file as a form and says how far it is. XMLHttpRequest, because fetch does not tell how much has been sent. */
export function sendFile(
  path: string,
  options: {
    file: File;
    method: 'POST' | 'PUT';
    /** Stand before the file. */
    fields?: Record<string, string>;
    locale: string;
    onProgress: (percent: number | null) => void;
  },
): { answer: Promise<Answer>; cancel: () => void } {
  const body = new FormData();
  for (const [name, value] of Object.entries(options.fields ?? {})) body.append(name, value);
  body.append('file', options.file);
  const request = new XMLHttpRequest();
  // All bytes are out, but the server is still writing them down: the amount is unknown from there on.
  request.upload.addEventListener('progress', ({ loaded, total }) =>
    options.onProgress(loaded >= total ? null : Math.floor((loaded / total) * 100)),
  );
  const answer = new Promise<Answer>((resolve) => {
    request.addEventListener('loadend', () => resolve({ status: request.status, body: parse(request.responseText) }));
  });
  request.open(options.method, path);
  request.setRequestHeader('x-stoa-locale', options.locale);
  request.send(body);
  return { answer, cancel: () => request.abort() };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
