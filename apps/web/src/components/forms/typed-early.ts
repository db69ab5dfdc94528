/*
 * People type before the scripts are there. When React takes a field over it then gives a textarea its first text again,
 * and does not hear of what stands in a field whose value a component keeps: the next drawing takes it away.
 */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
type Written = { field: Field; value: string; checked: boolean; caret: [start: number, end: number] | null };

const fields = 'input:not([type=hidden], [type=submit], [type=button], [type=reset]), textarea, select';

/**
 * Remembers what differs from what the page came with, and what is typed from now on. The answer ends that: it writes all
 * of it into its fields once more and says so, as if it was typed now, and whoever keeps their values hears of it.
 */
export function keepTypedEarly(): () => void {
  const written = new Map<Field, Written>();
  const note = (field: Field) => {
    // Of radio buttons that belong together the last one counts.
    for (const other of written.keys()) if (other !== field && areAlternatives(other, field)) written.delete(other);
    written.set(field, noteOf(field));
  };
  // What a browser puts back when somebody returns is no choice, and must not act as one.
  const [visit] = performance.getEntriesByType('navigation');
  const isFirstVisit = visit instanceof PerformanceNavigationTiming && visit.type === 'navigate';
  for (const field of document.querySelectorAll<Field>(fields)) {
    if (isChanged(field) && (isFirstVisit || isText(field))) note(field);
  }
  const onInput = ({ target }: Event) => {
    if (isField(target) && target.matches(fields)) note(target);
  };
  document.addEventListener('input', onInput, true);
  return () => {
    document.removeEventListener('input', onInput, true);
    const here = [...written.values()].filter(({ field }) => field.isConnected);
    // All of them first: what is chosen in one may send the form.
    for (const one of here) write(one);
    for (const { field } of here) tell(field);
  };
}

const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
const isTicked = (field: Field): field is HTMLInputElement => field.type === 'checkbox' || field.type === 'radio';
const isText = (field: Field) => !(field instanceof HTMLSelectElement || isTicked(field) || field.type === 'file');

function noteOf(field: Field): Written {
  const [start, end] = field instanceof HTMLSelectElement ? [null, null] : [field.selectionStart, field.selectionEnd];
  return {
    field,
    value: field.value,
    checked: isTicked(field) && field.checked,
    caret: start === null || end === null ? null : [start, end],
  };
}

const areAlternatives = (one: Field, other: Field) =>
  one.type === 'radio' && other.type === 'radio' && one.name === other.name && one.form === other.form;

function isChanged(field: Field): boolean {
  // One that is no longer ticked was not chosen: another was.
  if (field.type === 'radio' && isTicked(field) && !field.checked) return false;
  if (!(field instanceof HTMLSelectElement)) {
    return isTicked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
  }
  const marked = [...field.options].filter((option) => option.defaultSelected);
  // Where none is marked the browser shows the first.
  const first = marked.length > 0 || field.multiple ? marked : [...field.options].slice(0, 1);
  return [...field.selectedOptions].some((option) => !first.includes(option));
}

/** React remembers what it gave to a field by the field's own setter, and hears of nothing that is the same. */
function write({ field, value, checked, caret }: Written): void {
  if (field instanceof HTMLSelectElement) {
    if (!field.multiple) field.value = value;
  } else if (isTicked(field)) {
    field.checked = !checked;
    setterOf(field, 'checked')?.call(field, checked);
  } else if (field.type !== 'file') {
    field.value = field.defaultValue;
    setterOf(field, 'value')?.call(field, value);
    if (caret && document.activeElement === field) field.setSelectionRange(...caret);
  }
}

function tell(field: Field): void {
  // No click of a mouse, which would tick the box once more.
  if (isTicked(field)) field.dispatchEvent(new Event('click', { bubbles: true }));
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}

function setterOf(field: Field, name: 'value' | 'checked') {
  return Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), name)?.set;
}
