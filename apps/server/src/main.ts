import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

// What the engine makes of our modules (types stripped, compiled) is kept between starts, beside the installation's data:
// that is a quarter of the time to the first answer. Everything else is loaded after this, which is why this file is so
// short. NODE_COMPILE_CACHE names another place; where neither can be written, the start only takes longer.
enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(process.env.STOA_HOME ?? '.stoa', 'compile-cache'));
await import('./run.ts');
