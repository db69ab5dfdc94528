import type { CountedCode } from '../notes.ts';

/** Elements that show nothing and whose loss nobody needs to hear of. */
export const silentlyEmpty = new Set(
  'head title meta base param source track wbr area col colgroup comment frame rp datalist'.split(' '),
);

/** Elements a person types into or presses. */
export const controls = new Set('button input select textarea option output progress meter'.split(' '));

/** Elements left out whole, with the note that counts them. */
export const dropped: Record<string, CountedCode> = {
  script: 'scripts_removed',
  style: 'style_sheets_removed',
  link: 'style_sheets_removed',
  svg: 'drawings_removed',
  canvas: 'canvases_removed',
  template: 'templates_removed',
  applet: 'plugins_removed',
  map: 'image_maps_removed',
  frameset: 'frame_sets_removed',
  noembed: 'plugins_removed',
  xmp: 'raw_markup_removed',
};
