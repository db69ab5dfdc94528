import { type Locale, parseLocale, type Text } from '@stoa/kernel';

const texts = {
  invoice: { en: 'Invoice', 'pt-BR': 'Fatura', es: 'Factura' },
  credit_note: { en: 'Credit note', 'pt-BR': 'Nota de crédito', es: 'Nota de crédito' },
  number: { en: 'Number', 'pt-BR': 'Número', es: 'Número' },
  date: { en: 'Date', 'pt-BR': 'Data', es: 'Fecha' },
  order: { en: 'Order', 'pt-BR': 'Pedido', es: 'Pedido' },
  from: { en: 'From', 'pt-BR': 'De', es: 'De' },
  to: { en: 'To', 'pt-BR': 'Para', es: 'Para' },
  taxId: { en: 'Tax number', 'pt-BR': 'Número fiscal', es: 'Número fiscal' },
  corrects: {
    en: 'Takes back invoice {number} of {date}, wholly or in part.',
    'pt-BR': 'Estorna, no todo ou em parte, a fatura {number} de {date}.',
    es: 'Anula, en todo o en parte, la factura {number} del {date}.',
  },
  item: { en: 'Item', 'pt-BR': 'Item', es: 'Artículo' },
  quantity: { en: 'Qty', 'pt-BR': 'Qtd.', es: 'Cant.' },
  price: { en: 'Price', 'pt-BR': 'Preço', es: 'Precio' },
  amount: { en: 'Amount', 'pt-BR': 'Valor', es: 'Importe' },
  seller: { en: 'Sold by {seller}', 'pt-BR': 'Vendido por {seller}', es: 'Vendido por {seller}' },
  includes: { en: 'With {items}', 'pt-BR': 'Com {items}', es: 'Con {items}' },
  subtotal: { en: 'Subtotal', 'pt-BR': 'Subtotal', es: 'Subtotal' },
  discount: { en: 'Discount', 'pt-BR': 'Desconto', es: 'Descuento' },
  net: { en: 'Net', 'pt-BR': 'Valor sem impostos', es: 'Base imponible' },
  tax: { en: '{name} {rate}', 'pt-BR': '{name} {rate}', es: '{name} {rate}' },
  total: { en: 'Total', 'pt-BR': 'Total', es: 'Total' },
  totalBack: { en: 'Total given back', 'pt-BR': 'Total devolvido', es: 'Total devuelto' },
  paidWith: { en: 'Paid with {method}.', 'pt-BR': 'Pago com {method}.', es: 'Pagado con {method}.' },
  sandbox: { en: 'the test provider', 'pt-BR': 'o provedor de teste', es: 'el proveedor de prueba' },
  page: { en: 'Page {page} of {pages}', 'pt-BR': 'Página {page} de {pages}', es: 'Página {page} de {pages}' },
} satisfies Record<string, Text>;

export type InvoiceText = keyof typeof texts;

/** The words of an invoice in the buyer's language. */
export function invoiceTexts(language: string): {
  locale: Locale;
  say: (key: InvoiceText, params?: Record<string, string | number>) => string;
} {
  const locale = parseLocale(language) ?? 'en';
  const say = (key: InvoiceText, params: Record<string, string | number> = {}) =>
    texts[key][locale].replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  return { locale, say };
}
