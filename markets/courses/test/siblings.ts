import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { AssessmentService, EnrollmentService, IdentityService, MediaService } from '@stoa/contracts';
import { isGradable, ProblemDefinition } from '@stoa/contracts/problem';
import { defineContext, kernelErrors, requireService, systemIds } from '@stoa/kernel';

const noMigrations = pathToFileURL(`${mkdtempSync(join(tmpdir(), 'stoa-no-migrations-'))}/`);

export type StoredAsset = {
  id: string;
  ownerKind: string;
  ownerId: string;
  key: string;
  fileName: string;
  contentType: string;
  sha256: string;
  visibility: string;
  content: Buffer;
  complete: boolean;
};
export type StoredProblem = {
  id: string;
  courseId: string;
  lessonId: string;
  sourceKey: string;
  definition: ProblemDefinition;
  retired: boolean;
};
type LessonProgress = { lessonId: string; state: string; positionSeconds: number };

/**
 * The contexts that courses speaks with, as their contracts describe them, keeping what they are told in memory for the
 * test to look at. `media.failures` holds what the next calls run into.
 */
export function siblings() {
  const enrolled = new Map<string, LessonProgress[]>();
  const memberships = new Map<
    string,
    { membershipId: string; planId: string; subscriptionId: string; open: boolean }[]
  >();
  const assets = new Map<string, StoredAsset>();
  const problems = new Map<string, StoredProblem>();
  const media = {
    assets,
    /** Thrown by the next `completeAsset` calls, first one first. */
    failures: [] as Error[],
    /** Files with these names are refused. */
    tooLarge: new Set<string>(),
    /** Keys of the files that were begun, in order. */
    begun: [] as string[],
    /** Keys of those that may be deleted when nothing shows them. */
    disposable: new Set<string>(),
    /** Called when the facts of files are asked for, which keeps them. */
    whenAsked: async (_ids: readonly string[]): Promise<void> => undefined,
    /** How long each file takes to begin. */
    pauseMs: 0,
    /** Bytes received so far. */
    appended: 0,
    /** How long files play, by their keys. */
    seconds: new Map<string, number>(),
  };
  const find = (id: string) => {
    const asset = assets.get(id);
    if (!asset) throw kernelErrors.not_found();
    return asset;
  };
  const facts = (asset: StoredAsset) => ({
    id: asset.id,
    ownerKind: asset.ownerKind,
    ownerId: asset.ownerId,
    fileName: asset.fileName,
    contentType: asset.contentType,
    bytes: BigInt(asset.content.length),
    sha256: asset.sha256,
    visibility: asset.visibility,
    seconds: media.seconds.get(asset.key) ?? 0,
  });

  const enrollmentContext = defineContext({
    name: 'enrollment',
    migrations: noMigrations,
    serves: EnrollmentService,
    create: () => ({
      api: {
        getAccess: async ({ userId, courseId }) => {
          const lessons = enrolled.get(`${userId} ${courseId}`);
          return lessons ? { enrolled: true, lessons, lastLessonId: lessons[0]?.lessonId ?? '' } : { enrolled: false };
        },
        getMemberships: async ({ userId }) => ({ memberships: memberships.get(userId) ?? [] }),
      },
    }),
  });
  const mediaContext = defineContext({
    name: 'media',
    migrations: noMigrations,
    serves: MediaService,
    create: () => ({
      api: {
        beginAsset: async (input, ctx) => {
          requireService(ctx);
          media.begun.push(input.key);
          if (input.disposable) media.disposable.add(input.key);
          await sleep(media.pauseMs);
          if (media.tooLarge.has(input.fileName)) throw kernelErrors.payload_too_large();
          const known = [...assets.values()].find((one) => one.ownerId === input.ownerId && one.key === input.key);
          if (known?.complete && known.sha256 === input.sha256) {
            assets.set(known.id, { ...known, visibility: input.visibility });
            return { assetId: known.id, complete: true, receivedBytes: input.bytes };
          }
          const { ownerKind, ownerId, key, fileName, contentType, sha256, visibility } = input;
          const id = known?.id ?? systemIds.id();
          const content = known?.sha256 === sha256 ? known.content : Buffer.alloc(0);
          assets.set(id, {
            id,
            ownerKind,
            ownerId,
            key,
            fileName,
            contentType,
            sha256,
            visibility,
            content,
            complete: false,
          });
          return { assetId: id, complete: false, receivedBytes: BigInt(content.length) };
        },
        appendAsset: async ({ assetId, offset, content }) => {
          const asset = find(assetId);
          assets.set(assetId, {
            ...asset,
            content: Buffer.concat([asset.content.subarray(0, Number(offset)), content]),
          });
          media.appended += content.length;
          return { receivedBytes: offset + BigInt(content.length) };
        },
        completeAsset: async ({ assetId }) => {
          const failure = media.failures.shift();
          if (failure) throw failure;
          const asset = find(assetId);
          if (createHash('sha256').update(asset.content).digest('hex') !== asset.sha256) {
            throw new Error('the bytes are not the ones announced');
          }
          assets.set(assetId, { ...asset, complete: true });
          return { asset: facts(asset) };
        },
        getAssets: async ({ ids }) => {
          await media.whenAsked(ids);
          return { assets: ids.flatMap((id) => assets.get(id) ?? []).map(facts) };
        },
        signUrls: async ({ ids }, ctx) => {
          requireService(ctx);
          return { urls: ids.map((assetId) => ({ assetId, path: `/api/media/${assetId}?signed` })) };
        },
      },
    }),
  });
  const assessmentContext = defineContext({
    name: 'assessment',
    migrations: noMigrations,
    serves: AssessmentService,
    create: () => ({
      api: {
        putProblems: async ({ courseId, lessonId, problems: given }, ctx) => {
          requireService(ctx);
          const keys = new Set(given.map(({ sourceKey }) => sourceKey));
          for (const problem of problems.values()) {
            if (problem.lessonId === lessonId && !keys.has(problem.sourceKey)) problem.retired = true;
          }
          const stored = given.map(({ sourceKey, definitionJson }) => {
            const definition = ProblemDefinition.parse(JSON.parse(definitionJson));
            const id = problems.get(`${courseId} ${sourceKey}`)?.id ?? systemIds.id();
            problems.set(`${courseId} ${sourceKey}`, { id, courseId, lessonId, sourceKey, definition, retired: false });
            return { sourceKey, id, gradable: isGradable(definition) };
          });
          return { problems: stored };
        },
      },
    }),
  });
  const identityContext = defineContext({
    name: 'identity',
    migrations: noMigrations,
    serves: IdentityService,
    create: () => ({
      api: {
        getSigningKeys: async () => ({ jwksJson: '{"keys":[]}' }),
        getUsers: async () => ({}),
        createMailLink: async () => ({}),
        ensureUser: async () => ({}),
      },
    }),
  });
  return {
    contexts: [identityContext, enrollmentContext, mediaContext, assessmentContext],
    media,
    problems,
    enroll: (userId: string, courseId: string, lessons: LessonProgress[] = []) =>
      enrolled.set(`${userId} ${courseId}`, lessons),
    /** What enrollment knows of somebody's memberships. */
    memberships,
  };
}
