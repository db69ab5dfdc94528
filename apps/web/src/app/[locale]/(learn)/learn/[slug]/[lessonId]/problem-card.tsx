import type { Block } from '@stoa/contracts/document';
import { getLocale } from 'next-intl/server';
import { Blocks, type DocumentContext, DocumentView } from '@/components/document/document.tsx';
import { textOf } from '@/components/document/plain-text.ts';
import type { LearnerProblem, Lesson } from './lesson-data.ts';
import { type FormPart, ProblemForm } from './problem-form.tsx';

/**
 * One problem. What is to be read is drawn here on the server (formulas, code, pictures) and handed to the form as it
 * is, so the browser gets a form and no renderer.
 */
export async function ProblemCard({
  problem,
  lesson,
  courseSlug,
}: {
  problem: LearnerProblem;
  lesson: Lesson;
  courseSlug: string;
}) {
  const locale = await getLocale();
  const context: DocumentContext = { assets: lesson.assets, courseSlug };
  const view = problem.problem;
  const results = new Map(problem.lastAttempt?.result.responses.map((result) => [result.id, result]));
  const answers = problem.lastAttempt?.answers ?? {};
  const langOf = (language: string) => (language === locale ? undefined : language);
  const parts = view.parts.map((part, index): FormPart => {
    if (part.type === 'prose') {
      return {
        type: 'prose',
        key: `prose-${index}`,
        lang: langOf(part.language),
        content: <DocumentView document={{ content: part.content }} context={context} firstLevel={3} />,
      };
    }
    const { response } = part;
    const result = results.get(response.id);
    const answer = Object.hasOwn(answers, response.id) ? answers[response.id] : undefined;
    const common = {
      type: 'response' as const,
      id: response.id,
      label: response.label,
      description: response.description ?? null,
      lang: langOf(response.language),
      state: result?.state ?? null,
      feedback: result?.feedback ?? [],
      given: answer?.choiceIds ?? (answer?.text === undefined ? [] : [answer.text]),
      revealed: response.reveal ?? null,
    };
    switch (response.kind) {
      case 'single_choice':
      case 'multiple_choice':
      case 'dropdown':
        return {
          ...common,
          kind: response.kind,
          choices: response.choices.map((choice) => ({
            id: choice.id,
            lang: langOf(choice.language),
            text: textOf(choice.content),
            content: response.kind === 'dropdown' ? null : <ChoiceContent blocks={choice.content} context={context} />,
          })),
        };
      case 'numerical':
        return { ...common, kind: 'numerical', unit: response.unit ?? null };
      default:
        return { ...common, kind: response.kind };
    }
  });
  return (
    <ProblemForm
      id={problem.id}
      title={view.title}
      lang={langOf(view.language)}
      points={view.points}
      parts={parts}
      hints={view.hints}
      hintCount={view.hintCount}
      state={problem.state}
      maxAttempts={view.maxAttempts}
      attempt={
        problem.lastAttempt ? { number: problem.lastAttempt.number, score: problem.lastAttempt.result.score } : null
      }
      solution={
        view.solution && {
          lang: langOf(view.solution.language),
          content: <DocumentView document={{ content: view.solution.content }} context={context} firstLevel={4} />,
        }
      }
      firstKey={crypto.randomUUID()}
    />
  );
}

function ChoiceContent({ blocks, context }: { blocks: Block[]; context: DocumentContext }) {
  return <Blocks blocks={blocks} context={context} />;
}
