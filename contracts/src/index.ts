export { AssessmentService } from '../gen/stoa/assessment/v1/assessment_pb.js';
export { CoursesService } from '../gen/stoa/courses/v1/courses_pb.js';
export { EnrollmentService } from '../gen/stoa/enrollment/v1/enrollment_pb.js';
export { IdentityService } from '../gen/stoa/identity/v1/identity_pb.js';
export { MediaService } from '../gen/stoa/media/v1/media_pb.js';
export { NotificationsService } from '../gen/stoa/notifications/v1/notifications_pb.js';
export { PlatformService } from '../gen/stoa/platform/v1/platform_pb.js';
export * from './events.ts';
