import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  addLine,
  type CartLine,
  emptyCart,
  mostLines,
  mostSeats,
  parseCart,
  placedCart,
  removeLine,
  setQuantity,
  toAsked,
  undoRemove,
  writeCart,
} from '../src/buying/cart.ts';
import { countriesOf } from '../src/buying/countries.ts';
import { formatDocument, formatPhone } from '../src/buying/person-fields.ts';
import { requestKey } from '../src/buying/request-key.ts';

const line = (change: Partial<CartLine> = {}): CartLine => ({
  id: 'a',
  sku: 'course:one',
  quantity: 1,
  purpose: 'own',
  gift: null,
  ...change,
});
const gift = (email: string, message = '') =>
  line({ id: email, purpose: 'gift', gift: { email, name: 'Ana', message } });
const cartOf = (...lines: CartLine[]) => ({ ...emptyCart('seed'), lines });

describe('a cart', () => {
  it('holds an item for oneself once, and counts seats of an item together', () => {
    const once = addLine(addLine(cartOf(), line()) ?? cartOf(), line({ id: 'b' }));
    assert.equal(once?.lines.length, 1);
    const seats = line({ purpose: 'seats', quantity: 2 });
    assert.equal(addLine(cartOf(seats), { ...seats, quantity: 3 })?.lines[0]?.quantity, 5);
    assert.equal(addLine(cartOf(seats), { ...seats, quantity: mostSeats })?.lines[0]?.quantity, mostSeats);
  });

  it('holds gifts to different people, and the last words to each of them', () => {
    const two = addLine(cartOf(gift('a@example.com', 'first')), gift('b@example.com'));
    assert.equal(two?.lines.length, 2);
    const again = two && addLine(two, gift('a@example.com', 'second'));
    assert.deepEqual(
      again?.lines.map((one) => one.gift?.message),
      ['second', ''],
    );
  });

  it('takes no more lines than it can keep', () => {
    const full = cartOf(...Array.from({ length: mostLines }, (_, index) => line({ sku: `course:${index}` })));
    assert.equal(addLine(full, line({ sku: 'course:more' })), null);
  });

  it('brings a removed line back where it stood', () => {
    const cart = cartOf(
      line({ id: 'a' }),
      line({ id: 'b', sku: 'course:two' }),
      line({ id: 'c', sku: 'course:three' }),
    );
    const without = removeLine(cart, 'b');
    assert.deepEqual(
      without.lines.map(({ id }) => id),
      ['a', 'c'],
    );
    assert.deepEqual(undoRemove(without), cart);
    assert.deepEqual(removeLine(cart, 'nobody'), cart);
  });

  it('changes the number of seats only, within bounds', () => {
    const cart = cartOf(line(), line({ id: 's', sku: 'course:two', purpose: 'seats', quantity: 2 }));
    assert.equal(setQuantity(cart, { id: 'a', quantity: 9 }).lines[0]?.quantity, 1);
    for (const [asked, kept] of [
      [7, 7],
      [0, 1],
      [-4, 1],
      [Number.NaN, 1],
      [10_000, mostSeats],
    ] as const) {
      assert.equal(setQuantity(cart, { id: 's', quantity: asked }).lines[1]?.quantity, kept);
    }
  });

  it('asks for lines as the API knows them', () => {
    assert.deepEqual(toAsked([line(), line({ purpose: 'seats', quantity: 4 }), gift('b@example.com', 'Hello')]), [
      { sku: 'course:one' },
      { sku: 'course:one', quantity: 4, seats: true },
      { sku: 'course:one', gift: { email: 'b@example.com', name: 'Ana', message: 'Hello' } },
    ]);
  });

  it('survives its cookie, knows the order it became, and is nothing when the cookie is not one', () => {
    const cart = { ...cartOf(line(), gift('ção@example.com', 'Parabéns!')), coupon: 'TEN', country: 'BR' };
    const kept = removeLine(cart, 'a');
    assert.deepEqual(parseCart(writeCart(kept) ?? ''), kept);
    const placed = placedCart(cart, { orderId: 'order', seed: 'next' });
    assert.deepEqual(parseCart(writeCart(placed) ?? ''), placed);
    assert.deepEqual(placed.placed, { seed: 'seed', orderId: 'order' });
    const sealed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const wrong of [
      undefined,
      '',
      'x',
      'e30',
      sealed([]),
      sealed({ seed: 1, lines: [] }),
      sealed({ seed: 'a' }),
    ]) {
      assert.equal(parseCart(wrong), null);
    }
    const odd = sealed({
      seed: 'a',
      lines: [null, { sku: '../x', id: 'a' }, { sku: 'course:1', id: 'b', purpose: 'gift' }],
      country: 'b',
    });
    assert.deepEqual(parseCart(odd), emptyCart('a'));
  });

  it('does not grow beyond what browsers keep', () => {
    const long = Array.from({ length: mostLines }, (_, index) => gift(`${index}@example.com`, 'x'.repeat(300)));
    assert.equal(writeCart(cartOf(...long)), null);
  });
});

describe('what a buyer types', () => {
  it('is shown as a CPF or a CNPJ, typed or pasted', () => {
    for (const [typed, shown] of [
      ['', ''],
      ['123', '123'],
      ['1234', '123.4'],
      ['12345678909', '123.456.789-09'],
      ['123.456.789-09', '123.456.789-09'],
      ['12345678000195', '12.345.678/0001-95'],
      [' 12.345.678/0001-95 ', '12.345.678/0001-95'],
    ] as const) {
      assert.equal(formatDocument(typed), shown);
    }
  });

  it('is shown as a phone number, and one of another country as it is', () => {
    for (const [typed, shown] of [
      ['11', '11'],
      ['119', '(11) 9'],
      ['1133334444', '(11) 3333-4444'],
      ['11987654321', '(11) 98765-4321'],
      ['+55 11 98765-4321', '+55 11 987654321'],
    ] as const) {
      assert.equal(formatPhone(typed), shown);
    }
  });
});

it('every country has a name in each language, and none is listed twice', () => {
  for (const locale of ['en', 'pt-BR', 'es']) {
    const countries = countriesOf(locale);
    assert.ok(countries.length > 190 && countries.length < 255, `${countries.length} countries`);
    assert.equal(new Set(countries.map(({ code }) => code)).size, countries.length);
    assert.equal(new Set(countries.map(({ name }) => name)).size, countries.length);
    for (const code of ['BR', 'US', 'DE', 'PT', 'AR'])
      assert.ok(
        countries.some((one) => one.code === code),
        code,
      );
  }
});

it('a request keeps its key as long as nothing it asks for differs', () => {
  assert.equal(requestKey('order', { a: 1 }), requestKey('order', { a: 1 }));
  assert.notEqual(requestKey('order', { a: 1 }), requestKey('order', { a: 2 }));
  assert.match(requestKey('x'), /^[\w-]{43}$/);
});
