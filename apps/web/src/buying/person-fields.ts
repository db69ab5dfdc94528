/** A CPF or CNPJ as it is written, from whatever was typed or pasted: `123.456.789-09`, `12.345.678/0001-95`. */
export function formatDocument(typed: string): string {
  const digits = typed.replace(/\D/g, '').slice(0, 14);
  if (digits.length <= 11) {
    return digits
      .replace(/^(\d{3})(\d)/, '$1.$2')
      .replace(/^(\d{3}\.\d{3})(\d)/, '$1.$2')
      .replace(/^(\d{3}\.\d{3}\.\d{3})(\d)/, '$1-$2');
  }
  return digits
    .replace(/^(\d{2})(\d)/, '$1.$2')
    .replace(/^(\d{2}\.\d{3})(\d)/, '$1.$2')
    .replace(/^(\d{2}\.\d{3}\.\d{3})(\d)/, '$1/$2')
    .replace(/^(\d{2}\.\d{3}\.\d{3}\/\d{4})(\d)/, '$1-$2');
}

/** A phone number as it is written in Brazil, `(11) 98765-4321`; one that names its country (`+`) stays as typed. */
export function formatPhone(typed: string): string {
  if (typed.trim().startsWith('+'))
    return `+${typed
      .replace(/[^\d\s]/g, '')
      .trimStart()
      .slice(0, 19)}`;
  const digits = typed.replace(/\D/g, '').slice(0, 11);
  if (digits.length < 3) return digits;
  const split = digits.length > 10 ? 7 : 6;
  const rest = digits.slice(2, split);
  return `(${digits.slice(0, 2)}) ${rest}${digits.length > split ? `-${digits.slice(split)}` : ''}`;
}
