import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createLog, systemClock, systemIds } from '@stoa/kernel';
import { configureProviders } from '../../src/providers/configure-providers.ts';
import { ProviderFailure } from '../../src/providers/provider.ts';
import { makeCertificate } from './simulators/certificate.ts';
import type { Simulator } from './simulators/server.ts';
import { startSimulator } from './simulators/start-simulator.ts';

describe('Pix over mutual TLS', () => {
  const day = 86_400_000;
  const valid = { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
  const bank = makeCertificate('localhost', valid);
  const shop = makeCertificate('A Shop Ltda', valid);
  let simulator: Simulator;
  let gate: Server;
  let folder = '';
  let settings: Record<string, string> = {};

  before(async () => {
    simulator = await startSimulator('pix');
    // The bank's door: lets in who shows a certificate that the bank issued.
    gate = createServer(
      {
        key: bank.key.export({ type: 'pkcs8', format: 'pem' }),
        cert: bank.certificate,
        ca: shop.authority,
        requestCert: true,
        rejectUnauthorized: true,
      },
      (request, response) => {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          const { authorization = '', 'content-type': type = '' } = request.headers;
          fetch(`${simulator.url}${request.url}`, {
            method: request.method ?? 'GET',
            headers: { authorization, 'content-type': type },
            ...(chunks.length > 0 ? { body: Buffer.concat(chunks).toString() } : {}),
          }).then(
            async (answer) => {
              response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
            },
            () => response.writeHead(502).end(),
          );
        });
      },
    );
    await new Promise<void>((resolve) => gate.listen(0, 'localhost', resolve));
    const address = gate.address();
    if (!address || typeof address !== 'object') throw new Error('no port');
    folder = await mkdtemp(join(tmpdir(), 'stoa-pix-'));
    const write = async (name: string, text: string) => {
      await writeFile(join(folder, name), text);
      return join(folder, name);
    };
    const url = `https://localhost:${address.port}`;
    settings = {
      ...simulator.settings,
      STOA_PIX_API_URL: `${url}/api/v2`,
      STOA_PIX_TOKEN_URL: `${url}/oauth/token`,
      STOA_PIX_CERT_FILE: await write('shop.pem', shop.certificate),
      STOA_PIX_CERT_KEY_FILE: await write('shop.key', String(shop.key.export({ type: 'pkcs8', format: 'pem' }))),
      STOA_PIX_CA_FILE: await write('bank.pem', bank.authority),
    };
  });
  after(async () => {
    gate.closeAllConnections();
    await new Promise((resolve) => gate.close(resolve));
    await simulator.close();
    await rm(folder, { recursive: true, force: true });
  });

  const create = (given: Record<string, string>) => {
    const log = createLog({ level: 'silent' });
    const provider = configureProviders({ settings: given, publicUrl: 'http://x', clock: systemClock, log }).find(
      ({ name }) => name === 'pix',
    )?.provider;
    assert.ok(provider);
    return provider.create(
      {
        reference: systemIds.id(),
        amount: { amount: 100, currency: 'BRL' },
        capture: 'automatic',
        description: 'Course',
        locale: 'pt-BR',
        payer: { email: 'ana@example.com', name: 'Ana' },
        returnUrl: 'https://shop.example/',
        cancelUrl: 'https://shop.example/',
        callbackUrl: 'https://shop.example/',
        expiresAt: new Date(Date.now() + 3_600_000),
      },
      { idempotencyKey: 'k', deadline: new Date(Date.now() + 5000) },
    );
  };

  it('shows the bank our certificate and checks the bank’s', async () => {
    assert.equal((await create(settings)).state, 'requires_action');
  });

  it('makes no charge without our certificate, or at a bank nobody vouches for', async () => {
    const before = simulator.book().length;
    const { STOA_PIX_CERT_FILE: _certificate, STOA_PIX_CERT_KEY_FILE: _key, ...bare } = settings;
    const { STOA_PIX_CA_FILE: _authority, ...unknown } = settings;
    for (const given of [bare, unknown])
      await assert.rejects(create(given), (error) => error instanceof ProviderFailure && error.outcome === 'not_sent');
    assert.equal(simulator.book().length, before);
  });
});
