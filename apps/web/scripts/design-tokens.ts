import { writeFile } from 'node:fs/promises';
import { tokensCss } from '../src/design/tokens.ts';

await writeFile(new URL('../src/design/tokens.css', import.meta.url), tokensCss());
