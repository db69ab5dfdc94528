/** What is told of a lesson; times in seconds on the lesson's time line. */
export type ProgressReport = {
  state: 'viewed' | 'completed';
  positionSeconds?: number;
  watched?: (readonly [from: number, to: number])[];
  /** How long the lesson's media play. */
  mediaSeconds?: number;
};

/** What the platform knows afterwards; `null` when it could not be told now. */
export type ReportedProgress = { state: string } | null;

/**
 * Tells the platform how far the learner is. Never throws: what could not be told is told with the next report.
 * `keepalive` lets the request outlive the page.
 */
export async function reportProgress(lessonId: string, report: ProgressReport): Promise<ReportedProgress> {
  try {
    const response = await fetch(`/bff/api/progress/lessons/${lessonId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
      keepalive: true,
    });
    if (!response.ok) return null;
    const body: unknown = await response.json();
    const state = fieldOf(fieldOf(body, 'lesson'), 'state');
    return typeof state === 'string' ? { state } : null;
  } catch {
    // Offline or leaving the page.
    return null;
  }
}

/** State of one lesson as the platform has it now; `null` when it is not known. */
export async function readProgress(courseId: string, lessonId: string): Promise<string | null> {
  try {
    const response = await fetch(`/bff/api/progress/courses/${courseId}`);
    if (!response.ok) return null;
    const lessons = fieldOf(await response.json(), 'lessons');
    if (!Array.isArray(lessons)) return null;
    const state = fieldOf(
      lessons.find((lesson) => fieldOf(lesson, 'id') === lessonId),
      'state',
    );
    return typeof state === 'string' ? state : null;
  } catch {
    return null;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
