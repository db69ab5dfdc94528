import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  GiftSent,
  InstalmentPlanChanged,
  OrderPaid,
  OrderRefunded,
  PaymentFailed,
  PayoutSent,
  RenewalDue,
  SeatInvited,
  SubscriptionChanged,
  UserCreated,
  UserDeleted,
} from '@stoa/contracts';
import { systemIds } from '@stoa/kernel';
import {
  eventually,
  openTestDatabase,
  type Person,
  person,
  startTestPlatform,
  type TestPlatform,
} from '@stoa/kernel/testing';
import { notifications } from '../src/index.ts';
import { paymentsBook, paymentsOf } from './payments-world.ts';
import { type Mailhost, startMailhost } from './smtp.ts';
import { enrollmentContext, happen, identityBook, identityOf } from './world.ts';

const book = identityBook();
const payments = paymentsBook();
let mailhost: Mailhost;
let platform: TestPlatform;
let support: Person;

before(async () => {
  mailhost = await startMailhost();
  platform = await startTestPlatform([identityOf(book), enrollmentContext(), paymentsOf(payments), notifications], {
    settings: {
      ...process.env,
      SMTP_URL: mailhost.url,
      MAIL_FROM: 'Stoa <hello@stoa.example>',
      MAIL_RETRY_SECONDS: '1',
    },
  });
  support = await person({ roles: ['support'] });
});
after(async () => {
  await platform?.close();
  await mailhost?.close();
});
beforeEach(() => {
  payments.down = false;
});

const signUp = async (locale = 'pt-BR') => {
  const id = systemIds.id();
  const email = `${id}@example.com`;
  await happen(platform, UserCreated, id, { userId: id, email, name: 'Marina', locale, timeZone: 'America/Sao_Paulo' });
  await platform.host.settle();
  return { id, email };
};
const mailTo = (email: string, subject: RegExp) =>
  eventually(() => mailhost.mails.find((mail) => mail.to.includes(email) && subject.test(mail.subject)), 20_000);
const mailsTo = (email: string, subject: RegExp) =>
  mailhost.mails.filter((mail) => mail.to.includes(email) && subject.test(mail.subject));
const brl = (amount: bigint) => ({ amount, currency: 'BRL' });
const line = (title: string, sellerId: string, amount = 12990n) => ({
  lineId: systemIds.id(),
  sku: `course:${systemIds.id()}`,
  quantity: 1,
  title,
  total: brl(amount),
  sellerId,
  ownerId: '',
});
const buyerIn = (buyer: { id: string; email: string } | { guest: string }) =>
  'id' in buyer
    ? { buyerId: buyer.id, buyerEmail: buyer.email, locale: 'pt-BR' }
    : { buyerId: '', buyerEmail: buyer.guest, locale: 'es' };

async function pay(
  buyer: Parameters<typeof buyerIn>[0],
  options: { sellerId?: string; invoiceId?: string; orderId?: string; timeZone?: string } = {},
) {
  const orderId = options.orderId ?? systemIds.id();
  await happen(platform, OrderPaid, orderId, {
    orderId,
    number: '2026-000042',
    ...buyerIn(buyer),
    lines: [line('Geometria', options.sellerId ?? ''), line('Álgebra', options.sellerId ?? '', 9990n)],
    total: brl(22980n),
    provider: 'pix',
    paidAt: '2026-03-15T01:30:00Z',
    invoiceId: options.invoiceId ?? '',
    timeZone: options.timeZone ?? '',
  });
  await platform.host.settle();
  return orderId;
}

describe('a purchase', () => {
  it('is confirmed in the buyer’s language, with the invoice attached', async () => {
    const buyer = await signUp();
    const invoiceId = systemIds.id();
    const pdf = Buffer.from('%PDF-1.7 an invoice in Portuguese');
    payments.documents.set(invoiceId, { number: 'INV-7', fileName: 'INV-7.pdf', pdf });
    const orderId = await pay(buyer, { invoiceId });
    const mail = await mailTo(buyer.email, /Sua compra: Geometria e mais 1/);
    assert.match(mail.text, /Agradecemos a compra, Marina/);
    assert.match(mail.text, /Pago em: 14 de março de 2026/, 'the day where the buyer lives');
    assert.match(mail.text, /Total: R\$\s229,80/);
    assert.match(mail.text, new RegExp(`/orders/${orderId}`));
    assert.deepEqual(
      mail.attachments.map(({ fileName, content }) => [fileName, content.toString()]),
      [['INV-7.pdf', pdf.toString()]],
    );
    const { body } = await platform.call('GET', '/api/notifications', {
      as: await person({ id: buyer.id }),
      locale: 'pt-BR',
    });
    assert.equal(body.items.find((item: { kind: string }) => item.kind === 'purchase').title, 'Pagamento confirmado');
    const log = await platform.call(
      'GET',
      `/api/admin/notifications/log?userId=${buyer.id}&kind=purchase&channel=email`,
      { as: support },
    );
    const kept = await platform.call('GET', `/api/admin/mailbox/${log.body.items[0].id}`, { as: support });
    assert.deepEqual(kept.body.attachments, [{ fileName: 'INV-7.pdf', bytes: pdf.length }]);
  });

  it('is confirmed once, however often payments says so', async () => {
    const buyer = await signUp();
    const orderId = await pay(buyer);
    await mailTo(buyer.email, /Sua compra/);
    await pay(buyer, { orderId });
    await pay(buyer, { orderId });
    await platform.host.settle();
    const { body } = await platform.call('GET', `/api/admin/notifications/log?userId=${buyer.id}&kind=purchase`, {
      as: support,
    });
    assert.deepEqual(body.items.map((item: { channel: string }) => item.channel).sort(), ['email', 'inapp']);
    assert.equal(mailsTo(buyer.email, /Sua compra/).length, 1);
  });

  it('waits for payments when the invoice cannot be had right now, and goes without when there is none', async () => {
    const buyer = await signUp();
    payments.down = true;
    const invoiceId = systemIds.id();
    await pay(buyer, { invoiceId });
    await eventually(async () => {
      const { body } = await platform.call(
        'GET',
        `/api/admin/notifications/log?userId=${buyer.id}&kind=purchase&channel=email`,
        { as: support },
      );
      return body.items[0]?.reason;
    });
    assert.equal(mailsTo(buyer.email, /Sua compra/).length, 0);
    payments.down = false;
    const mail = await mailTo(buyer.email, /Sua compra/);
    assert.deepEqual(mail.attachments, []);
  });

  it('of a guest names the day where they bought', async () => {
    const [here, there] = ['mx', 'jp'].map((place) => `${place}-${systemIds.id()}@example.com`);
    await pay({ guest: String(here) }, { timeZone: 'America/Mexico_City' });
    await pay({ guest: String(there) });
    assert.match((await mailTo(String(here), /Tu compra/)).text, /14 de marzo de 2026/);
    assert.match((await mailTo(String(there), /Tu compra/)).text, /15 de marzo de 2026/, 'of UTC where nobody said');
  });

  it('of a guest goes to their address, with a link that lets them in without an account', async () => {
    const guest = `guest-${systemIds.id()}@example.com`;
    const orderId = await pay({ guest });
    const mail = await mailTo(guest, /Tu compra: Geometria y 1 más/);
    assert.match(mail.text, new RegExp(`/orders/${orderId}\\?token=secret-of-${orderId}`));
    const log = await platform.call('GET', `/api/admin/notifications/log?q=${encodeURIComponent(guest)}`, {
      as: support,
    });
    const kept = await platform.call('GET', `/api/admin/mailbox/${log.body.items[0].id}`, { as: support });
    assert.equal(kept.body.linkHidden, true, 'a delivered mail’s link is not kept');
    assert.ok(!JSON.stringify(kept.body).includes('secret-of-'));
  });

  it('tells each seller of their own sales, and nobody of what they sold to themselves', async () => {
    const buyer = await signUp();
    const seller = await signUp('en');
    await pay(buyer, { sellerId: seller.id });
    const bell = async (id: string) =>
      (await platform.call('GET', '/api/notifications', { as: await person({ id }) })).body.items.map(
        (item: { title: string }) => item.title,
      );
    assert.ok((await bell(seller.id)).includes('You sold Geometria and 1 more'));
    await pay(seller, { sellerId: seller.id });
    assert.equal((await bell(seller.id)).filter((title: string) => title.startsWith('You sold')).length, 1);
    const { body } = await platform.call(
      'GET',
      `/api/admin/notifications/log?userId=${seller.id}&kind=sale&channel=email`,
      { as: support },
    );
    assert.equal(body.items[0].state, 'held');
    assert.equal(body.items[0].reason, 'digest');
    assert.ok(body.items[0].dueAt);
  });
});

describe('what else happens to money', () => {
  it('a failed payment says what to do about it', async () => {
    const buyer = await signUp();
    const paymentId = systemIds.id();
    const data = {
      orderId: systemIds.id(),
      number: '2026-000043',
      paymentId,
      ...buyerIn(buyer),
      provider: 'stripe',
      amount: brl(12990n),
      reason: 'expired_card',
    };
    await happen(platform, PaymentFailed, data.orderId, data);
    await happen(platform, PaymentFailed, data.orderId, { ...data, reason: 'a_code_of_tomorrow' });
    const mail = await mailTo(buyer.email, /não foi concluído/);
    assert.match(mail.text, /O cartão está vencido/);
    await platform.host.settle();
    assert.equal(mailsTo(buyer.email, /não foi concluído/).length, 1, 'one per payment');
    await happen(platform, PaymentFailed, data.orderId, {
      ...data,
      paymentId: systemIds.id(),
      reason: 'a_code_of_tomorrow',
    });
    await eventually(() => mailsTo(buyer.email, /não foi concluído/).length === 2);
    // Of a card that was charged without them they hear once, with what comes of it: by the subscription, or the plan.
    const unattended = { ...data, paymentId: systemIds.id(), unattended: true };
    await happen(platform, PaymentFailed, data.orderId, unattended);
    await happen(platform, PaymentFailed, data.orderId, { ...data, paymentId: systemIds.id() });
    const recorded = async () =>
      (
        await platform.host
          .database('notifications')
          .pool.query("select 1 from messages where user_id = $1 and kind = 'payment-failed' and channel = 'email'", [
            buyer.id,
          ])
      ).rowCount;
    await eventually(async () => Number(await recorded()) >= 3);
    await platform.host.settle();
    assert.equal(await recorded(), 3);
  });

  it('a refund comes with its credit note and says what ends', async () => {
    const buyer = await signUp();
    const creditNoteId = systemIds.id();
    payments.documents.set(creditNoteId, { number: 'CN-1', fileName: 'CN-1.pdf', pdf: Buffer.from('%PDF credit') });
    await happen(platform, OrderRefunded, systemIds.id(), {
      orderId: systemIds.id(),
      number: '2026-000044',
      refundId: systemIds.id(),
      ...buyerIn(buyer),
      revoked: [line('Geometria', ''), line('Álgebra', '')],
      amount: brl(22980n),
      full: true,
      reason: 'requested',
      creditNoteId,
    });
    const mail = await mailTo(buyer.email, /Reembolso do pedido 2026-000044/);
    assert.match(mail.text, /valor total do seu pedido, R\$\s229,80/);
    assert.match(mail.text, /não tem mais acesso a Geometria e Álgebra/);
    assert.equal(mail.attachments[0]?.fileName, 'CN-1.pdf');
  });

  it('a gift reaches somebody without an account, with the giver’s words as words and a link of its own', async () => {
    const to = `Friend-${systemIds.id()}@Example.com`;
    const giftId = systemIds.id();
    const data = {
      giftId,
      orderId: systemIds.id(),
      recipientEmail: to,
      giverName: 'Carlos <b>',
      message: 'Linha um\nLinha <i>dois</i>',
      title: 'Geometria',
      locale: 'pt-BR',
    };
    await happen(platform, GiftSent, data.orderId, data);
    const mail = await mailTo(to.toLowerCase(), /Carlos <b> enviou um presente para você/);
    assert.match(mail.text, /> Linha um\r?\n> Linha <i>dois<\/i>/);
    assert.match(mail.html, /Linha &lt;i&gt;dois&lt;\/i&gt;/);
    assert.match(mail.text, new RegExp(`/gifts/${giftId}\\?token=secret-of-${giftId}`));
    // Taken up before its mail was written: no mail.
    const taken = systemIds.id();
    payments.gone.add(taken);
    await happen(platform, GiftSent, taken, { ...data, giftId: taken, recipientEmail: `late-${to}` });
    await eventually(async () => {
      const { body } = await platform.call('GET', '/api/admin/notifications/log?q=late-friend', { as: support });
      return body.items[0]?.state === 'suppressed';
    });
  });

  it('a seat invites its person once for each invitation, and not once it is taken', async () => {
    const to = `seat-${systemIds.id()}@example.com`;
    const seatId = systemIds.id();
    const data = {
      seatId,
      orderId: systemIds.id(),
      recipientEmail: to,
      inviterName: 'Clínica <b>Boa</b>',
      title: 'Geometria',
      locale: 'pt-BR',
      invitation: 1,
    };
    await happen(platform, SeatInvited, data.orderId, data);
    const mail = await mailTo(to, /Clínica <b>Boa<\/b> convida você para “Geometria”/);
    assert.match(mail.html, /Clínica &lt;b&gt;Boa/);
    assert.match(mail.text, new RegExp(`/seats/${seatId}\\?token=secret-of-${seatId}`));
    await happen(platform, SeatInvited, data.orderId, { ...data, invitation: 2 });
    await mailTo(to, /Sua vaga em “Geometria” está esperando/);
    const taken = systemIds.id();
    payments.gone.add(taken);
    await happen(platform, SeatInvited, taken, { ...data, seatId: taken, recipientEmail: `taken-${to}` });
    await eventually(async () => {
      const { body } = await platform.call('GET', '/api/admin/notifications/log?q=taken-seat', { as: support });
      return body.items[0]?.state === 'suppressed';
    });
  });

  it('a subscription is reminded of, dunned, and told of its changes, not of renewals that have a receipt', async () => {
    const buyer = await signUp('es');
    const subscriptionId = systemIds.id();
    const base = {
      subscriptionId,
      buyerId: buyer.id,
      buyerEmail: buyer.email,
      locale: 'es',
      title: 'Stoa Plus',
      amount: { amount: 4990n, currency: 'EUR' },
    };
    await happen(platform, RenewalDue, subscriptionId, { ...base, renewsAt: '2026-04-01T09:00:00Z' });
    await happen(platform, RenewalDue, subscriptionId, { ...base, renewsAt: '2026-04-01T09:00:00Z' });
    assert.match((await mailTo(buyer.email, /Stoa Plus se renueva el 1 de abril de 2026/)).text, /49,90\s€/);
    const change = (fields: object) =>
      happen(platform, SubscriptionChanged, subscriptionId, {
        ...base,
        sku: 'plan:plus',
        state: 'active',
        change: '',
        periodEnd: '2026-05-01T09:00:00Z',
        cancelAtPeriodEnd: false,
        nextRetryAt: '',
        ...fields,
      });
    await change({
      state: 'past_due',
      change: 'renewal_failed',
      nextRetryAt: '2026-04-04T09:00:00Z',
      failureReason: 'expired_card',
    });
    const dunned = await mailTo(buyer.email, /No pudimos renovar Stoa Plus/);
    assert.match(dunned.text, /de nuevo el 4 de abril de 2026/);
    assert.match(dunned.text, /La tarjeta está vencida/);
    await change({ change: 'renewed' });
    await change({ change: 'started' });
    await change({ change: 'cancel_requested', cancelAtPeriodEnd: true });
    assert.match((await mailTo(buyer.email, /Cancelaste Stoa Plus/)).text, /hasta el 1 de mayo de 2026/);
    await change({ change: 'seller_left', cancelAtPeriodEnd: true, entitled: true });
    const left = await mailTo(buyer.email, /Stoa Plus ya no se ofrece/);
    assert.match(left.text, /no se cobra nada más\. Conservas el acceso hasta el 1 de mayo de 2026/);
    await change({ change: 'seller_left', state: 'canceled', entitled: false });
    await change({ change: 'ended', state: 'ended', entitled: false, failureReason: 'expired_card' });
    const unpaid = await mailTo(buyer.email, /Stoa Plus terminó por falta de pago/);
    assert.match(unpaid.text, /terminó porque no se pagó\. No se cobra nada más\..*La tarjeta está vencida/s);
    await platform.host.settle();
    const { body } = await platform.call('GET', `/api/admin/notifications/log?userId=${buyer.id}&channel=email`, {
      as: support,
    });
    assert.deepEqual(body.items.map((item: { kind: string }) => item.kind).sort(), [
      'dunning',
      'renewal-reminder',
      'subscription',
      'subscription',
      'subscription',
      'subscription',
      'welcome',
    ]);
  });

  it('paying in parts is told with its days and amounts; what has a receipt is not told twice', async () => {
    const buyer = await signUp('pt-BR');
    const [planId, orderId] = [systemIds.id(), systemIds.id()];
    const change = (name: string, paid: number, fields: object = {}) =>
      happen(platform, InstalmentPlanChanged, planId, {
        planId,
        buyerId: buyer.id,
        buyerEmail: buyer.email,
        locale: 'pt-BR',
        sku: 'course:one',
        title: 'Geometria',
        state: 'active',
        change: name,
        entitled: true,
        revision: 1n,
        total: { amount: 10_000n, currency: 'BRL' },
        schedule: [3334n, 3333n, 3333n].map((amount, index) => ({
          part: index + 1,
          dueAt: `2026-0${index + 4}-01T12:00:00Z`,
          amount: { amount, currency: 'BRL' },
          paid: index < paid,
        })),
        openOrderId: orderId,
        nextRetryAt: '',
        needsPayer: true,
        ...fields,
      });
    await change('started', 1);
    const begun = await mailTo(buyer.email, /Suas 3 parcelas de Geometria/);
    assert.match(begun.text, /Parcela 3 de 3: R\$\s33,33, 1 de junho de 2026/);
    assert.match(begun.text, new RegExp(`/account/instalments/${planId}`));
    await change('part_due', 1);
    assert.match((await mailTo(buyer.email, /vence em 1 de maio/)).text, new RegExp(`/orders/${orderId}`));
    await change('part_missed', 1, { nextRetryAt: '2026-05-08T12:00:00Z', failureReason: 'insufficient_funds' });
    const missed = await mailTo(buyer.email, /não foi paga/);
    assert.match(missed.text, /até 8 de maio de 2026/);
    assert.match(missed.text, /não foi paga\. Não havia saldo ou limite suficiente/);
    await change('paused', 1, { entitled: false });
    assert.match((await mailTo(buyer.email, /está em pausa/)).text, /progresso está guardado/);
    await change('part_paid', 2);
    await change('completed', 3);
    assert.match((await mailTo(buyer.email, /Geometria está quitado/)).text, /100,00 no total/);
    await platform.host.settle();
    const { body } = await platform.call('GET', `/api/admin/notifications/log?userId=${buyer.id}&channel=email`, {
      as: support,
    });
    assert.deepEqual(body.items.map((item: { kind: string }) => item.kind).sort(), [
      'instalment-due',
      'instalment-missed',
      'instalments-completed',
      'instalments-paused',
      'instalments-started',
      'welcome',
    ]);
  });

  it('a payout is announced to who gets it', async () => {
    const seller = await signUp('en');
    await happen(platform, PayoutSent, seller.id, {
      payoutId: systemIds.id(),
      sellerId: seller.id,
      amount: { amount: 245_310n, currency: 'USD' },
      reference: 'PO-42',
    });
    const mail = await mailTo(seller.email, /Your payout of \$2,453\.10 is on its way/);
    assert.match(mail.text, /Reference: PO-42/);
  });
});

describe('a person who leaves', () => {
  it('takes what was sent to their address as a guest, too', async () => {
    const { id, email } = await signUp();
    await pay({ guest: email.toUpperCase() });
    await mailTo(email, /Tu compra/);
    const db = openTestDatabase(platform.databaseUrl, 'notifications');
    await db.pool.query(
      `insert into suppressions (id, channel, address, reason, created_at) values ($1, 'email', $2, 'complaint', now())`,
      [systemIds.id(), email],
    );
    await happen(platform, UserDeleted, id, { userId: id });
    await platform.host.settle();
    const left = await db.pool.query(
      `select 1 from messages where user_id = $1 or to_address = $2
       union all select 1 from mailbox where lower(to_address) = $2 union all select 1 from suppressions where address = $2`,
      [id, email],
    );
    await db.close();
    assert.equal(left.rowCount, 0);
  });
});

describe('without payments', () => {
  it('everything else works, and nothing of it is heard', async () => {
    const alone = await startTestPlatform([identityOf(identityBook()), enrollmentContext(), notifications], {
      settings: { ...process.env, SMTP_URL: '' },
    });
    try {
      assert.equal((await alone.call('GET', '/api/admin/notifications/log', { as: support })).status, 200);
    } finally {
      await alone.close();
    }
  });
});
