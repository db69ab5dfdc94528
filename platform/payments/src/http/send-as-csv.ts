type Reply<Sent> = { header: (name: string, value: string) => unknown; send: (text: string) => Sent };

/** Answers with a table as a file to be kept under a name. */
export function sendAsCsv<Sent>(reply: Reply<Sent>, { text, fileName }: { text: string; fileName: string }): Sent {
  reply.header('content-type', 'text/csv; charset=utf-8');
  reply.header('content-disposition', `attachment; filename="${fileName}"`);
  return reply.send(text);
}
