import { randomUUID } from 'node:crypto';
import { decodeBrCode, encodeBrCode } from '../../../src/providers/pix/br-code.ts';
import {
  type Asked,
  jsonOf,
  type Machine,
  type PayerAction,
  record,
  type Simulator,
  type StartOptions,
  startMachine,
  type Told,
  type Voice,
} from './server.ts';

type Refund = { id: string; rtrId: string; cents: number; status: string; at: string };
type Cob = {
  txid: string;
  createdAt: Date;
  seconds: number;
  cents: number;
  key: string;
  /** What was asked to stand in it, as it was asked: who pays, and words to them. */
  asked: Record<string, unknown>;
  location: string;
  status: 'ATIVA' | 'CONCLUIDA' | 'REMOVIDA_PELO_USUARIO_RECEBEDOR' | 'REMOVIDA_PELO_PSP';
  revision: number;
  endToEndId: string | null;
  paidAt: string | null;
  refunds: Refund[];
};

const clientId = 'pix-client';
const clientSecret = 'pix-secret';
const token = 'pix-access-token';
const webhookToken = 'pix-webhook-token';
const key = '7d9f0335-8dcc-4054-9bf9-0dbd61d36906';

/** A bank's Pix API (2.9.0): charges, refunds, received payments, webhooks. */
export function startPix(options: StartOptions = {}): Promise<Simulator> {
  return startMachine(options, (voice) => {
    return {
      machine: createBank(voice),
      settings: {
        STOA_PIX_API_URL: `${voice.url}/api/v2`,
        STOA_PIX_TOKEN_URL: `${voice.url}/oauth/token`,
        STOA_PIX_CLIENT_ID: clientId,
        STOA_PIX_CLIENT_SECRET: clientSecret,
        STOA_PIX_KEY: key,
        STOA_PIX_MERCHANT_NAME: 'Loja de Teste',
        STOA_PIX_WEBHOOK_TOKEN: webhookToken,
      },
    };
  });
}

function problem(status: number, type: string, properties: string[] = []): Told {
  return {
    status,
    headers: { 'content-type': 'application/problem+json' },
    body: {
      type: `https://pix.bcb.gov.br/api/v2/error/${type}`,
      title: type,
      status,
      detail: 'A requisição não foi aceita.',
      ...(properties.length > 0
        ? { violacoes: properties.map((propriedade) => ({ razao: 'não respeita o schema', propriedade })) }
        : {}),
    },
  };
}

const decimal = (cents: number) => `${String(Math.floor(cents / 100))}.${String(cents % 100).padStart(2, '0')}`;
const centsOf = (text: unknown) =>
  typeof text === 'string' && /^\d{1,10}\.\d{2}$/.test(text) ? Number(text.replace('.', '')) : undefined;

function createBank({ url, now, webhookUrl, send }: Voice): Machine {
  const cobs = new Map<string, Cob>();
  const host = url.replace(/^http:\/\//, '');
  const late = (cob: Cob) => now().getTime() >= cob.createdAt.getTime() + cob.seconds * 1000;

  const pixOf = (cob: Cob) => ({
    endToEndId: cob.endToEndId,
    txid: cob.txid,
    valor: decimal(cob.cents),
    horario: cob.paidAt,
    ...(cob.refunds.length > 0
      ? {
          devolucoes: cob.refunds.map(({ id, rtrId, cents, status, at }) => ({
            id,
            rtrId,
            valor: decimal(cents),
            horario: { solicitacao: at, ...(status === 'DEVOLVIDO' ? { liquidacao: at } : {}) },
            status,
          })),
        }
      : {}),
  });
  const show = (cob: Cob) => ({
    calendario: { criacao: cob.createdAt.toISOString(), expiracao: cob.seconds },
    txid: cob.txid,
    revisao: cob.revision,
    loc: { id: 1, location: cob.location, tipoCob: 'cob' },
    location: cob.location,
    status: cob.status,
    ...cob.asked,
    valor: { original: decimal(cob.cents), modalidadeAlteracao: 0 },
    chave: cob.key,
    pixCopiaECola: encodeBrCode({
      kind: 'dynamic',
      location: cob.location,
      merchantName: 'Loja de Teste',
      merchantCity: 'BRASILIA',
    }),
    ...(cob.endToEndId ? { pix: [pixOf(cob)] } : {}),
  });

  function tell(cob: Cob): void {
    const body = (txid: string) => JSON.stringify({ pix: [{ ...pixOf(cob), txid }] });
    send({
      url: webhookUrl(),
      body: body(cob.txid),
      // There is no signature and so no age: what can be forged is the token.
      sign: () => ({}),
      addressed: (address, how) => `${address}?token=${how === 'genuine' ? webhookToken : 'forged'}`,
      unknownOrder: () => body(randomUUID().replaceAll('-', '')),
    });
  }

  function answer(asked: Asked): Told {
    if (asked.path === '/oauth/token') return grant(asked);
    if (asked.headers.authorization !== `Bearer ${token}`)
      return { status: 401, headers: { 'content-type': 'application/json' }, body: { error: 'invalid_token' } };
    const path = asked.path.replace(/^\/api\/v2/, '');
    const cob = /^\/cob\/([^/]+)$/.exec(path)?.[1];
    if (cob && asked.method === 'PUT') return create(cob, asked);
    if (cob && asked.method === 'GET') {
      const found = cobs.get(cob);
      return found ? { status: 200, body: show(found) } : problem(404, 'NaoEncontrado');
    }
    if (cob && asked.method === 'PATCH') return patch(cob, asked);
    const refund = /^\/pix\/([^/]+)\/devolucao\/([^/]+)$/.exec(path);
    if (refund?.[1] && refund[2]) return giveBack({ endToEndId: refund[1], id: refund[2] }, asked);
    if (path === '/pix' && asked.method === 'GET') return list(asked);
    return problem(404, 'NaoEncontrado');
  }

  function grant(asked: Asked): Told {
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const form = new URLSearchParams(asked.body);
    if (asked.method !== 'POST' || asked.headers.authorization !== basic)
      return { status: 401, body: { error: 'invalid_client' } };
    if (form.get('grant_type') !== 'client_credentials') return { status: 400, body: { error: 'invalid_request' } };
    return {
      status: 200,
      body: { access_token: token, token_type: 'Bearer', expires_in: 3600, scope: form.get('scope') },
    };
  }

  function create(txid: string, asked: Asked): Told {
    if (!/^[a-zA-Z0-9]{26,35}$/.test(txid)) return problem(400, 'CobOperacaoInvalida', ['cob.txid']);
    if (cobs.has(txid)) return problem(400, 'CobOperacaoInvalida', ['cob.txid']);
    if (!asked.headers['content-type']?.startsWith('application/json')) return problem(400, 'CobOperacaoInvalida');
    const body = record(jsonOf(asked));
    const cents = centsOf(record(body.valor).original);
    const wrong: string[] = [];
    if (cents === undefined || cents <= 0) wrong.push('cob.valor.original');
    if (body.chave !== key) wrong.push('cob.chave');
    const { expiracao = 86_400 } = record(body.calendario);
    if (typeof expiracao !== 'number' || !Number.isInteger(expiracao) || expiracao < 1)
      wrong.push('cob.calendario.expiracao');
    if (typeof body.solicitacaoPagador === 'string' && body.solicitacaoPagador.length > 140)
      wrong.push('cob.solicitacaoPagador');
    const payer = record(body.devedor);
    if (body.devedor !== undefined) {
      const fits = /^\d{11}$/.test(String(payer.cpf ?? '')) !== /^\d{14}$/.test(String(payer.cnpj ?? ''));
      if (!fits || typeof payer.nome !== 'string') wrong.push('cob.devedor');
    }
    if (wrong.length > 0 || cents === undefined) return problem(400, 'CobOperacaoInvalida', wrong);
    const { devedor, solicitacaoPagador, infoAdicionais } = body;
    const cob: Cob = {
      txid,
      asked: { devedor, solicitacaoPagador, infoAdicionais },
      createdAt: now(),
      seconds: Number(expiracao),
      cents,
      key,
      location: `${host}/qr/v2/${txid}`,
      status: 'ATIVA',
      revision: 0,
      endToEndId: null,
      paidAt: null,
      refunds: [],
    };
    cobs.set(txid, cob);
    return { status: 201, body: show(cob) };
  }

  function patch(txid: string, asked: Asked): Told {
    const cob = cobs.get(txid);
    if (!cob) return problem(404, 'NaoEncontrado');
    const { status } = record(jsonOf(asked));
    if (status !== 'REMOVIDA_PELO_USUARIO_RECEBEDOR' || cob.status !== 'ATIVA')
      return problem(400, 'CobOperacaoInvalida');
    cob.status = status;
    cob.revision += 1;
    return { status: 200, body: show(cob) };
  }

  function giveBack({ endToEndId, id }: { endToEndId: string; id: string }, asked: Asked): Told {
    const cob = [...cobs.values()].find((one) => one.endToEndId === endToEndId);
    if (!cob) return problem(404, 'NaoEncontrado');
    const known = cob.refunds.find((refund) => refund.id === id);
    const told = (refund: Refund, status: number): Told => ({
      status,
      body: pixOf({ ...cob, refunds: [refund] }).devolucoes?.[0],
    });
    if (asked.method === 'GET') return known ? told(known, 200) : problem(404, 'NaoEncontrado');
    const cents = centsOf(record(jsonOf(asked)).valor);
    const left = cob.cents - cob.refunds.reduce((sum, refund) => sum + refund.cents, 0);
    if (asked.method !== 'PUT' || !/^[a-zA-Z0-9]{1,35}$/.test(id) || known || !cents || cents > left)
      return problem(400, 'PixDevolucaoInvalida');
    const at = now().toISOString();
    const rtrId = `D12345678${at.replace(/\D/g, '').slice(0, 12)}${id.slice(-11).padStart(11, '0')}`;
    const refund: Refund = { id, rtrId, cents, status: 'EM_PROCESSAMENTO', at };
    cob.refunds.push(refund);
    const answered = told(refund, 201);
    // The money is back a moment later; the bank says so by webhook.
    refund.status = 'DEVOLVIDO';
    tell(cob);
    return answered;
  }

  function list(asked: Asked): Told {
    const from = Date.parse(asked.query.get('inicio') ?? '');
    const to = Date.parse(asked.query.get('fim') ?? '');
    const givenBack = asked.query.get('devolucaoPresente');
    if (Number.isNaN(from) || Number.isNaN(to)) return problem(400, 'PixConsultaInvalida');
    if (givenBack !== null && givenBack !== 'true' && givenBack !== 'false') return problem(400, 'PixConsultaInvalida');
    const pix = [...cobs.values()]
      .filter((cob) => cob.paidAt && Date.parse(cob.paidAt) >= from && Date.parse(cob.paidAt) <= to)
      .filter((cob) => givenBack === null || cob.refunds.length > 0 === (givenBack === 'true'))
      .map(pixOf);
    const paginacao = {
      paginaAtual: 0,
      itensPorPagina: 1000,
      quantidadeDePaginas: 1,
      quantidadeTotalDeItens: pix.length,
    };
    return {
      status: 200,
      body: { parametros: { inicio: asked.query.get('inicio'), fim: asked.query.get('fim'), paginacao }, pix },
    };
  }

  function act(txid: string, action: PayerAction): { goTo: string | null } {
    if (action === 'card_ends') throw new Error('pix: keeps no cards');
    const cob = cobs.get(txid);
    if (!cob) throw new Error('pix: no such charge');
    if (action === 'expire') {
      cob.seconds = 0;
      return { goTo: null };
    }
    // Nobody declines a Pix, and whoever cancels just does not pay.
    if (action !== 'pay') return { goTo: null };
    if (cob.status !== 'ATIVA' || late(cob)) throw new Error('pix: the charge cannot be paid any more');
    cob.status = 'CONCLUIDA';
    cob.paidAt = now().toISOString();
    cob.endToEndId = `E12345678${cob.paidAt.replace(/\D/g, '').slice(0, 12)}${txid.slice(-11)}`;
    tell(cob);
    return { goTo: null };
  }

  return {
    name: 'pix',
    answer,
    operationOf: ({ method, path }) => {
      if (path === '/oauth/token') return 'token';
      if (path.includes('/devolucao/')) return method === 'PUT' ? 'refund' : 'find';
      if (path.includes('/cob/')) return method === 'PUT' ? 'create' : method === 'PATCH' ? 'cancel' : 'find';
      return 'list';
    },
    act,
    find: (given) => {
      const bare = given.replaceAll('-', '');
      if (cobs.has(bare)) return bare;
      const account = decodeBrCode(given)?.['26'];
      const location = typeof account === 'object' ? account['25'] : undefined;
      return [...cobs.values()].find((cob) => cob.location === location)?.txid;
    },
    book: () =>
      [...cobs.values()].map((cob) => ({
        reference: cob.txid.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
        providerReference: cob.txid,
        amount: { amount: cob.cents, currency: 'BRL' },
        state: cob.status,
        captured: cob.endToEndId ? cob.cents : 0,
        refunded: cob.refunds.reduce((sum, refund) => sum + refund.cents, 0),
        refunds: cob.refunds.map(({ id, cents }) => ({ reference: id, amount: cents })),
      })),
    distort: (body, what) => {
      const cob = record(body);
      if (what !== 'amount' || !cob.valor) return body;
      return { ...cob, valor: { ...record(cob.valor), original: '0.01' } };
    },
  };
}
