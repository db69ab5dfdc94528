/**
 * Points that everybody comes by all the time, whatever they do: kill.test.ts kills the platform at each of them while
 * people study, at a pass that is drawn anew each time.
 */
export const underLoad = [
  'enrollment.save_progress.after_commit',
  'assessment.submit_attempt.before_commit',
  'assessment.submit_attempt.after_commit',
  'kernel.relay.before_positions',
  'kernel.relay.after_positions',
  'kernel.consumer.before_commit',
  'kernel.consumer.after_commit',
] as const;
