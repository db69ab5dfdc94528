import { decodeCursor, kernelErrors } from '@stoa/kernel';

/** Where a page of a list sorted by a time and an id ends. */
export type PlaceInList = [time: string, id: string];

const time = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?Z$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The key of a row for `toPage`. It names the list, so that a cursor cannot wander from one list into another. */
export function placeInList(list: string, place: PlaceInList): [list: string, ...PlaceInList] {
  return [list, ...place];
}

/**
 * Where the page before ended; undefined for the first page.
 * @throws validation_failed for what is not a cursor of this list
 */
export function readPlace(cursor: string | undefined, list: string): PlaceInList | undefined {
  const key = decodeCursor(cursor, 3);
  if (!key) return undefined;
  const [named, at, id] = key.map(String);
  if (named === list && at && isTime(at) && id && uuid.test(id)) return [at, id];
  throw kernelErrors.validation_failed({
    errors: [{ pointer: '/cursor', code: 'invalid', message: 'not a cursor of this list' }],
  });
}

/** True for a time that exists; JavaScript alone would take the 31st of February for the 3rd of March. */
function isTime(text: string): boolean {
  const at = time.test(text) ? new Date(text) : new Date(Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19) === text.slice(0, 19);
}
