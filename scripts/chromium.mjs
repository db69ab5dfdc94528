// Finds a Chromium for the browser tests: CHROMIUM_PATH, one the system has, or the one that ships inside an npm package.
import { spawnSync } from 'node:child_process';
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

// Root has no user-namespace sandbox to drop into; containers have a small /dev/shm. Without a graphics card its work would be
// imitated by the processor (SwiftShader), which takes more than twice what drawing without it takes.
const commonArgs = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--disable-gpu'];

// The packaged one expects its fonts in a fixed folder and knows nothing of the system's.
const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="relative">cache</cachedir>
</fontconfig>
`;

/**
 * The executable and the arguments it needs, for playwright-core's `chromium.launch({ executablePath, args })`.
 * Throws when there is none, saying how to provide one.
 *
 * @returns {Promise<{ executablePath: string, args: string[] }>}
 */
export async function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (!executable(given)) throw new Error(`CHROMIUM_PATH=${given} is not an executable file.`);
    return { executablePath: given, args: commonArgs };
  }
  const candidates = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const installed = [...candidates, macChrome].find(executable);
  if (installed) return { executablePath: installed, args: commonArgs };
  return packagedChromium();
}

/**
 * The Chromium inside `@sparticuz/chromium`. Only its files are used: its own arguments switch off web security and put
 * everything into one process, which would make the tests prove less than they say.
 */
async function packagedChromium() {
  if (process.platform !== 'linux') {
    throw new Error('No Chromium found. Install Chrome or Chromium, or set CHROMIUM_PATH to its executable.');
  }
  const folder = await unpackedFolder();
  const executablePath = join(folder, 'chromium');
  // Its fonts, for a machine that has none.
  process.env.FONTCONFIG_PATH ??= join(folder, 'fonts');
  const bare = spawnSync(executablePath, ['--version'], { encoding: 'utf8' });
  if (bare.status !== 0) {
    // A slim system without the libraries that every desktop has: the package ships those, too.
    process.env.LD_LIBRARY_PATH = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH ?? '']
      .filter((path) => path !== '')
      .join(delimiter);
    const helped = spawnSync(executablePath, ['--version'], { encoding: 'utf8' });
    if (helped.status !== 0) {
      throw new Error(
        `The Chromium of @sparticuz/chromium does not run here: ${(helped.stderr || bare.stderr).trim()}\nInstall Chromium, or set CHROMIUM_PATH to its executable.`,
      );
    }
  }
  return { executablePath, args: commonArgs };
}

/** Unpacks once per version, under another name first, so that two runs at once never see half a browser. */
async function unpackedFolder() {
  const library = await import('@sparticuz/chromium');
  const packageFolder = dirname(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))));
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const nodeModules = dirname(dirname(packageFolder));
  const parent = writable(nodeModules) ? nodeModules : mkdtempSync(join(tmpdir(), 'stoa-chromium-'));
  const folder = join(parent, `.stoa-chromium-${version}`);
  if (existsSync(folder)) return folder;
  const draft = mkdtempSync(`${folder}-draft-`);
  const before = process.env.TMPDIR;
  try {
    // The package unpacks into the temporary folder, wherever that is.
    process.env.TMPDIR = draft;
    for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) {
      await library.inflate(join(packageFolder, 'bin', name));
    }
    writeFileSync(join(draft, 'fonts', 'fonts.conf'), fontConfiguration);
    renameSync(draft, folder);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
  return folder;
}

/** @param {string} folder */
function writable(folder) {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} path */
function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
