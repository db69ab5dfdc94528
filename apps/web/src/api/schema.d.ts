/* Provisional until the first `npm run api:types -w @stoa/web` against the running API replaces this file. */
export interface paths {
  '/api/courses': {
    get: {
      parameters: {
        query?: {
          q?: string;
          category?: string;
          level?: string;
          language?: string;
          price?: string;
          cursor?: string;
          limit?: number;
        };
      };
      responses: {
        200: { content: { 'application/json': { items: components['schemas']['CourseListItem'][]; nextCursor?: string } } };
      };
    };
  };
  '/api/users/me': {
    get: { responses: { 200: { content: { 'application/json': components['schemas']['User'] } } } };
  };
}
export interface components {
  schemas: {
    User: { id: string; email: string; name: string; roles: string[]; locale: string };
    CourseListItem: {
      id: string;
      slug: string;
      title: string;
      summary: string;
      language: string;
      level: string;
      category: string | null;
      price: { amount: number; currency: string } | null;
      instructors: { id: string; name: string }[];
      lessonCount: number;
      durationSeconds: number;
      coverUrl: string | null;
      rating: number | null;
    };
  };
}
