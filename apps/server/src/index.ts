export { checkInvariants, type Invariant } from './check-invariants.ts';
export { contexts } from './contexts.ts';
export { describeSettings, readSettings, type ServerSettings } from './settings.ts';
export { type RunningServer, startServer } from './start-server.ts';
