import { randomUUID } from 'node:crypto';
import {
  AssessmentService,
  CoursesService,
  EnrollmentService,
  IdentityService,
  MarketService,
  MediaService,
  MediaUseService,
  NotificationsService,
  PaymentsService,
  PersonalDataService,
  PlatformService,
} from '@stoa/contracts';
import { type Client, type Context, type Ctx, newTraceparent, serviceCtx } from '@stoa/kernel';
import { ctxOf } from '@stoa/kernel/testing';
import { leaf, type ParityWorld, type Twins } from './parity-world.ts';

export type AnyService = Context['serves'];

/** A call to make in both ways. It is answered, unless `refused` says with which code. */
export type Case<Input = object> = {
  what: string;
  input: Input;
  /** What the second caller sends instead, for a call that changes what it finds. Ids, times and tokens differ then. */
  twin?: Input;
  ctx?: Ctx;
  refused?: string;
  /** What the answer, as JSON, must have in it: so that nobody compares two empty answers. */
  holds?: string;
  /** The answer changes with time: one difference is looked at again. */
  moves?: boolean;
};

type CasesOf<S extends AnyService> = {
  [M in keyof Client<S>]: readonly Case<Parameters<Client<S>[M]>[0]>[];
};
/** The cases of a service, by the names of its methods. */
export type Cases = Readonly<Record<string, readonly Case[]>>;

/** Methods that answer everybody, whatever they ask: there is nothing to refuse. */
export const refuseNothing = ['GetSigningKeys', 'GetUsers'];

/**
 * What to ask each context through each contract it answers: what is there, what is not, what it refuses to whom, and
 * what makes no sense. A method that is missing here does not compile; one without a case fails the test.
 */
export function casesOf(world: ParityWorld, context: string): ReadonlyMap<AnyService, Cases> {
  const anybody: Ctx = { actor: { kind: 'anonymous' }, locale: 'es', traceparent: newTraceparent() };
  const learner: Ctx = { ...ctxOf(world.learner), locale: 'pt-BR' };
  const teacher = ctxOf(world.teacher);
  const platform = { ...serviceCtx('test', { locale: 'pt-BR' }), ip: '203.0.113.7', userAgent: 'a browser – ação' };
  const nobody = '0190d3c2-0000-7000-8000-000000000000';
  const parked = world.parked.get(context);
  const kinds = { event: parked?.event ?? both(''), job: parked?.job ?? both('') };

  const identity = {
    getSigningKeys: [
      { what: 'the keys', input: {}, ctx: platform, holds: 'ES256' },
      { what: 'the keys, for anybody', input: {}, ctx: anybody, holds: 'ES256' },
    ],
    getUsers: [
      { what: 'people', input: { ids: [world.learner.id, world.teacher.id, nobody] }, holds: world.learner.email },
      { what: 'names only, for others', input: { ids: [world.teacher.id] }, ctx: learner, holds: world.teacher.name },
      { what: 'nobody', input: { ids: [nobody, 'no id at all'] } },
      { what: 'nothing asked', input: {} },
    ],
    createMailLink: [
      {
        what: 'a link',
        input: { requestId: world.mailRequestId },
        twin: { requestId: world.mailRequestId },
        holds: 'token',
      },
      { what: 'no such request', input: { requestId: nobody }, refused: 'mail_request_not_open' },
      { what: 'no id', input: { requestId: 'x' }, refused: 'mail_request_not_open' },
      { what: 'a person asks', input: { requestId: nobody }, ctx: learner, refused: 'not_allowed' },
    ],
    ensureUser: [
      { what: 'new', input: wanted('here'), twin: wanted('there'), holds: '"created":true' },
      { what: 'known', input: wanted('here'), holds: 'here@stoa.test' },
      { what: 'kept', input: { ...wanted('here'), name: 'Other', keep: true }, holds: 'here@stoa.test' },
      {
        what: 'with mistakes',
        input: { email: 'nowhere', name: '', timeZone: 'Mars/North', roles: ['king'] },
        refused: 'validation_failed',
      },
      { what: 'a person asks', input: wanted('here'), ctx: learner, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof IdentityService>;

  const media = {
    beginAsset: [
      { what: 'a new file', input: file('here'), twin: file('there'), holds: 'receivedBytes' },
      {
        what: 'with mistakes',
        input: { ...file('bad'), visibility: 'secret', sha256: 'not a hash', ownerKind: '' },
        refused: 'validation_failed',
      },
      { what: 'too large', input: { ...file('large'), bytes: 1n << 50n }, refused: 'payload_too_large' },
      { what: 'a person asks', input: file('here'), ctx: teacher, refused: 'not_allowed' },
    ],
    appendAsset: [
      ...twin('bytes', world.uploads.append, (assetId) => ({ assetId, content: leaf.subarray(0, 3) })),
      {
        what: 'a gap',
        input: { assetId: world.uploads.append.here, offset: 9n, content: leaf.subarray(9) },
        refused: 'media_upload_gap',
      },
      { what: 'no such file', input: { assetId: nobody, content: leaf }, refused: 'not_found' },
      { what: 'no id', input: { assetId: 'x' }, refused: 'not_found' },
      { what: 'a person asks', input: { assetId: nobody }, ctx: teacher, refused: 'not_allowed' },
    ],
    completeAsset: [
      {
        what: 'before all has arrived',
        input: { assetId: world.uploads.append.here },
        refused: 'media_upload_incomplete',
      },
      ...twin('when all is there', world.uploads.complete, (assetId) => ({ assetId })),
      { what: 'no such file', input: { assetId: nobody }, refused: 'not_found' },
      { what: 'a person asks', input: { assetId: nobody }, ctx: teacher, refused: 'not_allowed' },
    ],
    getAssets: [
      { what: 'files', input: { ids: [...world.lesson.assetIds, nobody, 'x'] }, holds: 'contentType' },
      { what: 'none', input: { ids: [nobody] } },
      { what: 'a person asks', input: { ids: [] }, ctx: learner, refused: 'not_allowed' },
    ],
    signUrls: [
      { what: 'addresses', input: { ids: [...world.lesson.assetIds, 'x'] }, holds: 'signature=', moves: true },
      { what: 'none', input: { ids: [nobody] } },
      { what: 'a person asks', input: { ids: [] }, ctx: learner, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof MediaService>;

  const { name: sellerName, id: sellerId } = world.teacher;
  const importing = { format: '', folder: world.empty, instructorId: sellerId, instructorName: sellerName };
  const courses = {
    getOutline: [
      { what: 'a course', input: { courseId: world.courseId }, holds: world.lesson.id },
      { what: 'one with a price', input: { courseId: world.pricedId }, ctx: anybody, holds: 'BRL' },
      { what: 'no such course', input: { courseId: nobody }, refused: 'course_not_found' },
      { what: 'no id', input: { courseId: 'x' }, refused: 'course_not_found' },
    ],
    getLesson: [
      { what: 'a lesson', input: { lessonId: world.lesson.id }, holds: world.courseId },
      { what: 'no such lesson', input: { lessonId: nobody }, refused: 'lesson_not_found' },
      { what: 'no id', input: { lessonId: 'x' }, ctx: anybody, refused: 'lesson_not_found' },
    ],
    importFolder: [
      { what: 'a folder', input: importing, twin: importing, holds: 'importId' },
      { what: 'an unknown format', input: { ...importing, format: 'scroll' }, refused: 'validation_failed' },
      { what: 'a person asks', input: importing, ctx: teacher, refused: 'not_allowed' },
    ],
    getImport: [
      { what: 'an import', input: { importId: world.importId }, holds: 'succeeded' },
      { what: 'one’s own', input: { importId: world.importId }, ctx: teacher, holds: 'succeeded' },
      { what: 'somebody else’s', input: { importId: world.importId }, ctx: learner, refused: 'import_not_found' },
      { what: 'no such import', input: { importId: nobody }, refused: 'import_not_found' },
      { what: 'no id', input: { importId: 'x' }, refused: 'import_not_found' },
    ],
    offerMembership: [
      { what: 'one that is offered', input: world.membership, holds: world.membershipId },
      { what: 'without texts', input: { ...world.membership, texts: {} }, refused: 'validation_failed' },
      { what: 'a person asks', input: world.membership, ctx: teacher, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof CoursesService>;

  const { id: userId } = world.learner;
  const enrollment = {
    getAccess: [
      { what: 'somebody who studies', input: { userId, courseId: world.courseId }, holds: world.lesson.id },
      { what: 'oneself', input: { userId, courseId: world.pricedId }, ctx: learner, holds: 'purchase' },
      { what: 'no access', input: { userId: sellerId, courseId: world.pricedId } },
      { what: 'no ids', input: { userId: 'x', courseId: 'y' } },
      { what: 'somebody else asks', input: { userId, courseId: world.courseId }, ctx: teacher, refused: 'not_allowed' },
    ],
    getMemberships: [
      { what: 'a member', input: { userId }, holds: world.membershipId },
      { what: 'oneself', input: { userId }, ctx: learner, holds: world.membershipId },
      { what: 'no member', input: { userId: nobody } },
      { what: 'no id', input: { userId: 'x' } },
      { what: 'somebody else asks', input: { userId }, ctx: teacher, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof EnrollmentService>;

  const problems = world.source.truth.modules
    .flatMap((module) => module.lessons)
    .flatMap((lesson) => lesson.problems.map(({ definition }) => JSON.stringify(definition)));
  const put = {
    courseId: randomUUID(),
    lessonId: randomUUID(),
    problems: problems.map((definitionJson, index) => ({ sourceKey: `problem ${index}`, definitionJson })),
  };
  const broken = (definitionJson: string) => ({ ...put, problems: [{ sourceKey: 'broken', definitionJson }] });
  const assessment = {
    putProblems: [
      { what: 'problems', input: put, ctx: teacher, holds: '"gradable":true' },
      { what: 'none any more', input: { ...put, problems: [] } },
      { what: 'no JSON', input: broken('{'), refused: 'problem_definition_invalid' },
      { what: 'no problem', input: broken('{"title":7}'), ctx: teacher, refused: 'problem_definition_invalid' },
      { what: 'a learner asks', input: put, ctx: learner, refused: 'not_allowed' },
      { what: 'nobody asks', input: put, ctx: anybody, refused: 'not_signed_in' },
    ],
  } satisfies CasesOf<typeof AssessmentService>;

  const notifications = {
    getDeliveryStats: [
      { what: 'of a day', input: {}, holds: 'verify-email', moves: true },
      { what: 'of more than there are', input: { hours: 1_000_000 }, holds: 'verify-email', moves: true },
      { what: 'a learner asks', input: {}, ctx: learner, refused: 'not_allowed' },
      { what: 'nobody asks', input: {}, ctx: anybody, refused: 'not_signed_in' },
    ],
  } satisfies CasesOf<typeof NotificationsService>;

  const payments = {
    getDocument: [
      { what: 'an invoice', input: { invoiceId: world.invoiceId }, holds: '.pdf' },
      { what: 'no such invoice', input: { invoiceId: nobody }, refused: 'invoice_not_found' },
      { what: 'no id', input: { invoiceId: 'x' }, refused: 'invoice_not_found' },
      { what: 'a person asks', input: { invoiceId: world.invoiceId }, ctx: learner, refused: 'not_allowed' },
    ],
    listPurchases: [
      { what: 'courses', input: { userId, kind: 'course' }, holds: 'Tea for sale' },
      { what: 'of another kind', input: { userId, kind: 'car' } },
      { what: 'no id', input: { userId: 'x', kind: 'course' } },
      { what: 'a person asks', input: { userId, kind: 'course' }, ctx: learner, refused: 'not_allowed' },
    ],
    getLink: [
      { what: 'a guest’s order', input: { kind: 'order', id: world.guestOrderId }, holds: '/orders/' },
      { what: 'no such gift', input: { kind: 'gift', id: nobody }, refused: 'not_found' },
      { what: 'no such kind', input: { kind: 'coach', id: world.guestOrderId }, refused: 'not_found' },
      { what: 'no id', input: { kind: 'seat', id: 'x' }, refused: 'not_found' },
      { what: 'a person asks', input: { kind: 'order', id: nobody }, ctx: teacher, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof PaymentsService>;

  const line = (sku: string) => ({ sku, quantity: 1 });
  const course = line(`course:${world.pricedId}`);
  const cart = [
    course,
    line(`course:${world.courseId}`),
    line(`course:${nobody}`),
    line(`plan:${world.planId}`),
    line('x'),
  ];
  const held = { orderId: nobody, lines: [course], ownerId: userId, expiresAt: '2030-01-01T00:00:00.000Z' };
  const market = {
    quote: [
      { what: 'for a guest', input: { lines: cart, locale: 'pt-BR' }, holds: '"amount":4900' },
      { what: 'for who has it', input: { lines: cart, ownerId: userId, locale: 'es' }, holds: 'already_owned' },
      { what: 'an empty cart', input: {} },
      { what: 'a person asks', input: { lines: cart }, ctx: learner, refused: 'not_allowed' },
    ],
    hold: [
      { what: 'what is never scarce', input: held },
      { what: 'a person asks', input: held, ctx: learner, refused: 'not_allowed' },
    ],
    release: [
      { what: 'what is held', input: { orderId: nobody } },
      { what: 'no id', input: { orderId: 'x' } },
      { what: 'a person asks', input: { orderId: nobody }, ctx: learner, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof MarketService>;

  const personal = {
    readPersonalData: [
      { what: 'of a learner', input: { userId }, holds: 'json' },
      { what: 'of a teacher', input: { userId: sellerId }, ctx: platform },
      { what: 'of nobody', input: { userId: nobody } },
      { what: 'with a cursor of another list', input: { userId, cursor: 'WyJ4Il0' }, refused: 'validation_failed' },
      { what: 'a person asks', input: { userId }, ctx: learner, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof PersonalDataService>;

  const shown = {
    findUsedAssets: [
      {
        what: 'files of lessons',
        input: { ids: [...world.lesson.assetIds, nobody] },
        ...(context === 'courses' ? { holds: world.lesson.assetIds[0] ?? '' } : {}),
      },
      { what: 'nothing asked', input: {} },
      { what: 'a person asks', input: { ids: [nobody] }, ctx: teacher, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof MediaUseService>;

  const kernel = {
    readEvents: [
      { what: 'from the beginning', input: { context, limit: 5 } },
      { what: 'behind the end', input: { context, after: 1n << 40n, limit: 5 } },
      { what: 'of nobody', input: { context: 'nobody' }, refused: 'not_found' },
      { what: 'a person asks', input: { context }, ctx: learner, refused: 'not_allowed' },
    ],
    listParked: [
      { what: 'events and jobs', input: { context, limit: 100 }, holds: kinds.event.there },
      { what: 'of nobody', input: { context: 'nobody' }, refused: 'not_found' },
      { what: 'a learner asks', input: { context }, ctx: learner, refused: 'not_allowed' },
      { what: 'nobody asks', input: { context }, ctx: anybody, refused: 'not_signed_in' },
    ],
    replayParked: [
      ...twin('an event', kinds.event, (id) => ({ context, kind: 'event', id }), platform),
      ...twin('a job', kinds.job, (id) => ({ context, kind: 'job', id }), platform),
      { what: 'what is not there', input: { context, kind: 'event', id: nobody } },
      { what: 'no id', input: { context, kind: 'event', id: 'x' } },
      { what: 'of nobody', input: { context: 'nobody', id: nobody }, refused: 'not_found' },
      { what: 'a learner asks', input: { context, kind: 'event', id: nobody }, ctx: learner, refused: 'not_allowed' },
    ],
    listReplays: [
      { what: 'what was replayed', input: { context, limit: 10 }, holds: kinds.event.here },
      { what: 'before a time', input: { context, limit: 10, beforeAt: '2020-01-01T00:00:00Z', beforeId: 7n } },
      { what: 'of nobody', input: { context: 'nobody', limit: 10 }, refused: 'not_found' },
      { what: 'a learner asks', input: { context, limit: 10 }, ctx: learner, refused: 'not_allowed' },
    ],
    getActivity: [
      { what: 'queues and subscriptions', input: { context }, holds: 'prune-idempotency-keys', moves: true },
      { what: 'of nobody', input: { context: 'nobody' }, refused: 'not_found' },
      { what: 'a learner asks', input: { context }, ctx: learner, refused: 'not_allowed' },
    ],
  } satisfies CasesOf<typeof PlatformService>;

  return new Map<AnyService, Cases>([
    [IdentityService, identity],
    [MediaService, media],
    [MediaUseService, shown],
    [CoursesService, courses],
    [EnrollmentService, enrollment],
    [AssessmentService, assessment],
    [NotificationsService, notifications],
    [PaymentsService, payments],
    [MarketService, market],
    [PersonalDataService, personal],
    [PlatformService, kernel],
  ]);
}

function both<T>(value: T): Twins<T> {
  return { here: value, there: value };
}

/** A call that uses something up, for two things of the same kind. */
function twin<T, I>(what: string, things: Twins<T>, input: (thing: T) => I, ctx?: Ctx): [Case<I>] {
  return [{ what, input: input(things.here), twin: input(things.there), ...(ctx ? { ctx } : {}) }];
}

function wanted(name: string) {
  return {
    email: `${name}@stoa.test`,
    name: 'Vera',
    password: 'vento quieto na serra',
    locale: 'es',
    roles: ['student'],
  };
}

function file(key: string) {
  const facts = { fileName: 'leaf.txt', contentType: 'text/plain', bytes: BigInt(leaf.length), visibility: 'enrolled' };
  return { ownerKind: 'course', ownerId: 'of the test', key, ...facts };
}
