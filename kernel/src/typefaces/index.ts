export { typefaceFor } from './any-script.ts';
export { coversText, fontRuns, loadTypeface, loadTypefaceFor, type Typeface } from './load-typeface.ts';
export { inVisualOrder, isRightToLeft } from './visual-order.ts';
