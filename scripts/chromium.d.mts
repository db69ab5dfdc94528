/** Finds a Chromium: CHROMIUM_PATH, the system's, or the one inside an npm package. Throws when there is none. */
export function findChromium(): Promise<{ executablePath: string; args: string[] }>;
