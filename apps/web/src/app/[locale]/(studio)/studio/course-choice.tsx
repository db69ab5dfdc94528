import type { ReactNode } from 'react';
import { Checkbox } from '@/components/ui/choice.tsx';

type CourseChoiceProps = {
  id: string;
  legend: string;
  help: string;
  error: string | undefined;
  /** `beside` stands at the end of the course's line. */
  courses: { id: string; title: string; beside?: ReactNode }[];
  isChosen: (id: string) => boolean;
};

/** Courses to choose from, each sent as `course-<id>`. */
export function CourseChoice({ id, legend, help, error, courses, isChosen }: CourseChoiceProps) {
  return (
    <fieldset id={id} className="min-w-0 space-y-2">
      <legend className="mb-1 font-medium text-sm">{legend}</legend>
      <p className="text-muted-foreground text-sm">{help}</p>
      {error && <p className="text-destructive text-sm">{error}</p>}
      {courses.length > 0 && (
        <ul className="max-h-80 space-y-2 overflow-y-auto rounded-lg border bg-card p-3">
          {courses.map((course) => (
            <li key={course.id} className="flex items-start justify-between gap-4">
              <Checkbox
                name={`course-${course.id}`}
                defaultChecked={isChosen(course.id)}
                label={course.title}
                className="min-w-0 wrap-anywhere"
              />
              {course.beside}
            </li>
          ))}
        </ul>
      )}
    </fieldset>
  );
}
