// Finds a Chromium for the browser tests: CHROMIUM_PATH, one the system has, or the one that ships inside an npm package.
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const macChrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

// Root has no user-namespace sandbox to drop into; containers have a small /dev/shm.
const commonArgs = ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none'];

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

async function packagedChromium() {
  if (process.platform !== 'linux') {
    throw new Error('No Chromium found. Install Chrome or Chromium, or set CHROMIUM_PATH to its executable.');
  }
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  return { executablePath, args: [...new Set([...chromium.args, ...commonArgs])] };
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
