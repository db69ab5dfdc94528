import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** A certificate for a name, signed by an authority made for it. Both as PEM, with the key of the name. */
export type TestCertificate = { authority: string; certificate: string; key: KeyObject };

/** Makes one: X.509 v3 (RFC 5280), RSA with SHA-256, valid around the given time. For tests only. */
export function makeCertificate(name: string, options: { from: Date; to: Date }): TestCertificate {
  const authority = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const own = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const authorityName = 'Simulated Authority';
  return {
    authority: toPem(
      sign({
        subject: authorityName,
        issuer: authorityName,
        key: authority.publicKey,
        by: authority.privateKey,
        ca: true,
        serial: 1,
        ...options,
      }),
    ),
    certificate: toPem(
      sign({
        subject: name,
        issuer: authorityName,
        key: own.publicKey,
        by: authority.privateKey,
        ca: false,
        serial: 2,
        ...options,
      }),
    ),
    key: own.privateKey,
  };
}

type Certificate = {
  subject: string;
  issuer: string;
  key: KeyObject;
  by: KeyObject;
  ca: boolean;
  serial: number;
  from: Date;
  to: Date;
};

function sign(of: Certificate): Buffer {
  const algorithm = sequence(oid('2a864886f70d01010b'), tag(0x05, Buffer.alloc(0)));
  const body = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))),
    tag(0x02, Buffer.from([of.serial])),
    algorithm,
    commonName(of.issuer),
    sequence(time(of.from), time(of.to)),
    commonName(of.subject),
    of.key.export({ type: 'spki', format: 'der' }),
    ...(of.ca ? [tag(0xa3, sequence(basicConstraints()))] : []),
  );
  const signature = createSign('RSA-SHA256').update(body).sign(of.by);
  return sequence(body, algorithm, tag(0x03, Buffer.concat([Buffer.from([0]), signature])));
}

function basicConstraints(): Buffer {
  const value = sequence(tag(0x01, Buffer.from([0xff])));
  return sequence(oid('551d13'), tag(0x01, Buffer.from([0xff])), tag(0x04, value));
}

function commonName(name: string): Buffer {
  return sequence(tag(0x31, sequence(oid('550403'), tag(0x0c, Buffer.from(name, 'utf8')))));
}

function time(at: Date): Buffer {
  return tag(0x18, Buffer.from(`${at.toISOString().replace(/\D/g, '').slice(0, 14)}Z`, 'latin1'));
}

function oid(hex: string): Buffer {
  return tag(0x06, Buffer.from(hex, 'hex'));
}

function sequence(...parts: Buffer[]): Buffer {
  return tag(0x30, Buffer.concat(parts));
}

function tag(id: number, content: Buffer): Buffer {
  if (content.length < 128) return Buffer.concat([Buffer.from([id, content.length]), content]);
  const size = Buffer.from(content.length.toString(16).padStart(content.length > 255 ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([id, 0x80 | size.length]), size, content]);
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
