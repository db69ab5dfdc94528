import { assessment } from '@stoa/assessment';
import { courses } from '@stoa/courses';
import { enrollment } from '@stoa/enrollment';
import { identity } from '@stoa/identity';
import type { Context } from '@stoa/kernel';
import { media } from '@stoa/media';
import { notifications } from '@stoa/notifications';
import { payments } from '@stoa/payments';

/** Every context of the platform. A new one is a folder and a line here. */
export const contexts: readonly Context[] = [identity, media, payments, notifications, courses, enrollment, assessment];
