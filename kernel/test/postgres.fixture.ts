import { startEmbeddedPostgres } from '../src/postgres/index.ts';

// Stands for the platform process in the tests that kill it: starts the server in the folder given and reports one line.
const dataDirectory = process.argv[2];
if (dataDirectory === undefined) throw new Error('usage: postgres.fixture.ts <data directory> [stop|leave]');
const server = await startEmbeddedPostgres({ dataDirectory });
console.log(JSON.stringify({ url: server.url, pid: server.pid, adopted: server.adopted }));
if (process.argv[3] === 'leave') process.exit(0);
process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
setInterval(() => undefined, 60_000);
