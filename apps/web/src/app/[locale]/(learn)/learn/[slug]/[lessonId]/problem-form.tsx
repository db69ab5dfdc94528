'use client';

import { CircleAlert, CircleCheck, CircleDashed, CircleSlash, CircleX, Lightbulb } from 'lucide-react';
import { useTranslations } from 'next-intl';
import {
  type FormEvent,
  type ReactNode,
  startTransition,
  useActionState,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import { RefusalCallout } from '@/components/forms/refusal.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Button } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Checkbox, Radio } from '@/components/ui/choice.tsx';
import { Input } from '@/components/ui/input.tsx';
import { Select } from '@/components/ui/select.tsx';
import { cn } from '@/design/cn.ts';
import { askHint, submitAttempt } from '../actions.ts';

type Feedback = { choiceId: string | null; text: string };
type PartState = 'correct' | 'partial' | 'incorrect' | 'unanswered' | 'ungradable';
type Choice = { id: string; lang: string | undefined; text: string; content: ReactNode };

type ResponsePart = {
  type: 'response';
  id: string;
  label: string;
  description: string | null;
  lang: string | undefined;
  /** How the last attempt was graded; `null` before the first. */
  state: PartState | null;
  feedback: Feedback[];
  /** What the last attempt answered: ids of choices, or the text. */
  given: string[];
  /** The right answers, once they are due. */
  revealed: { choiceIds: string[]; example?: string } | null;
} & (
  | { kind: 'single_choice'; choices: Choice[] }
  | { kind: 'multiple_choice'; choices: Choice[] }
  | { kind: 'dropdown'; choices: Choice[] }
  | { kind: 'numerical'; unit: string | null }
  | { kind: 'text' }
  | { kind: 'ungradable' }
);

/** A piece of a problem in reading order, with its prose already drawn. */
export type FormPart = { type: 'prose'; key: string; lang: string | undefined; content: ReactNode } | ResponsePart;

type Props = {
  id: string;
  title: string;
  lang: string | undefined;
  points: number;
  parts: FormPart[];
  hints: string[];
  hintCount: number;
  state: {
    attempts: number;
    attemptsLeft: number | null;
    bestScore: number;
    passed: boolean;
    submit: 'allowed' | 'not_gradable' | 'already_solved' | 'no_attempts_left';
  };
  maxAttempts: number | null;
  attempt: { number: number; score: number } | null;
  solution: { lang: string | undefined; content: ReactNode } | null;
  /** Idempotency key of the first attempt sent from this page. */
  firstKey: string;
};

/**
 * A problem to answer. A plain form with server actions, so it works without JavaScript; with it, the page stays where
 * it is, the outcome is announced, and what is changed after an attempt no longer wears its verdict.
 */
export function ProblemForm(props: Props) {
  const { id, title, lang, parts, hints, hintCount, state, attempt, solution } = props;
  const t = useTranslations('player.problem');
  const base = useId();
  const [sent, submit, submitting] = useActionState(submitAttempt, null);
  const [hintRefusal, hint, asking] = useActionState(askHint, null);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const form = useRef<HTMLFormElement>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const refused = useRef<HTMLDivElement>(null);
  const lastHint = useRef<HTMLLIElement>(null);
  const asked = useRef(false);
  const mayAnswer = state.submit === 'allowed';
  const responses = parts.filter((part) => part.type === 'response');
  const gradable = responses.filter((part) => part.kind !== 'ungradable');

  useEffect(() => {
    if (!sent) return;
    if (sent.refusal) refused.current?.focus();
    else {
      setEdited(new Set());
      outcome.current?.focus({ preventScroll: true });
      outcome.current?.scrollIntoView({ block: 'nearest' });
    }
  }, [sent]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new hint takes the focus from the button that asked for it
  useEffect(() => {
    if (asked.current) lastHint.current?.focus();
    asked.current = false;
  }, [hints.length]);

  const onSubmit = (event: FormEvent<HTMLFormElement>) => {
    // Sent by hand instead of by React, which would empty the form afterwards.
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    startTransition(() => submit(data));
  };
  const onChange = (event: FormEvent<HTMLFormElement>) => {
    const { target } = event;
    if (!(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return;
    const response = target.name.startsWith('answer:') ? target.name.slice('answer:'.length) : null;
    if (response && !edited.has(response)) setEdited(new Set([...edited, response]));
  };
  const titleId = `${base}title`;
  return (
    <article aria-labelledby={titleId} className="rounded-lg border bg-card">
      <header className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 border-b px-4 py-3 sm:px-6">
        <h2 id={titleId} lang={lang} className="mt-0! min-w-0 flex-1 break-words text-xl!">
          {title || t('untitled')}
        </h2>
        <span className="mt-0! flex flex-wrap items-center gap-2">
          {state.passed && (
            <Badge tone="success">
              <CircleCheck aria-hidden="true" />
              {t('solved')}
            </Badge>
          )}
          {gradable.length > 0 && state.submit !== 'not_gradable' && (
            <Badge tone="outline">{t('points', { points: props.points })}</Badge>
          )}
        </span>
      </header>
      <form
        ref={form}
        action={submit}
        onSubmit={onSubmit}
        onChange={onChange}
        className="mt-0! space-y-6 px-4 py-5 sm:px-6"
        noValidate
      >
        {/* Always on the page, so that a screen reader hears what is put into it. */}
        <p role="status" className="sr-only">
          {sent?.graded ? t('announce', { ...sent.graded, passed: sent.graded.passed ? 'yes' : 'no' }) : ''}
        </p>
        <input type="hidden" name="problem" value={id} />
        <input type="hidden" name="key" value={sent?.key ?? props.firstKey} />
        {sent?.refusal && (
          <div ref={refused} tabIndex={-1} className="scroll-mt-14 lg:scroll-mt-4">
            <RefusalCallout refusal={sent.refusal} />
          </div>
        )}
        {state.submit === 'not_gradable' && (
          <Callout kind="info" title={t('notGradable')}>
            {t('notGradableText')}
          </Callout>
        )}
        {parts.map((part) =>
          part.type === 'prose' ? (
            <div key={part.key} lang={part.lang} className="space-y-4">
              {part.content}
            </div>
          ) : (
            <Response
              key={part.id}
              part={part}
              idBase={`${base}${part.id}`}
              titleId={titleId}
              disabled={!mayAnswer || submitting}
              locked={!mayAnswer}
              edited={edited.has(part.id)}
              error={sent?.refusal?.fields[part.id]}
              defaults={sent?.refusal ? (sent.sent[part.id] ?? part.given) : part.given}
            />
          ),
        )}
        <div ref={outcome} tabIndex={-1} className="empty:hidden">
          {attempt && <Outcome {...props} attempt={attempt} stale={edited.size > 0} />}
        </div>
        {mayAnswer && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <Button type="submit" loading={submitting}>
              {state.attempts > 0 ? t('submitAgain') : t('submit')}
            </Button>
            {state.attemptsLeft !== null && (
              <p className="tabular text-muted-foreground text-sm">
                {t('attemptsLeft', { count: state.attemptsLeft })}
              </p>
            )}
          </div>
        )}
      </form>
      {(hints.length > 0 || (hintCount > 0 && mayAnswer)) && (
        <div className="mt-0! space-y-3 border-t px-4 py-4 sm:px-6">
          {hints.length > 0 && (
            <ol className="list-none! space-y-2 ps-0!" aria-label={t('hints')}>
              {hints.map((text, index) => (
                <li
                  // biome-ignore lint/suspicious/noArrayIndexKey: hints only grow at the end
                  key={index}
                  ref={index === hints.length - 1 ? lastHint : undefined}
                  tabIndex={-1}
                  lang={lang}
                  className="mt-0! flex gap-2 text-[0.9375rem] leading-6"
                >
                  <Lightbulb aria-hidden="true" className="mt-1 size-4 shrink-0 text-warning" />
                  <span className="min-w-0">
                    <span className="font-medium">{t('hintNumber', { number: index + 1 })}</span> {text}
                  </span>
                </li>
              ))}
            </ol>
          )}
          {hints.length < hintCount && mayAnswer && (
            <form
              action={hint}
              onSubmit={() => {
                asked.current = true;
              }}
            >
              <input type="hidden" name="problem" value={id} />
              <Button type="submit" variant="outline" size="sm" loading={asking}>
                <Lightbulb aria-hidden="true" />
                {hints.length === 0 ? t('hint') : t('nextHint', { left: hintCount - hints.length })}
              </Button>
            </form>
          )}
          {hintRefusal && <RefusalCallout refusal={hintRefusal} />}
        </div>
      )}
      {solution && (
        <div className="mt-0! border-t px-4 py-4 sm:px-6">
          <details className="group" open={!mayAnswer && !state.passed}>
            <summary className="w-fit font-medium underline decoration-1 underline-offset-4">{t('solution')}</summary>
            <div lang={solution.lang} className="mt-3 space-y-4">
              {solution.content}
            </div>
          </details>
        </div>
      )}
    </article>
  );
}

function Outcome({
  attempt,
  parts,
  state,
  maxAttempts,
  stale,
}: Props & { attempt: NonNullable<Props['attempt']>; stale: boolean }) {
  const t = useTranslations('player.problem');
  const graded = parts.filter((part) => part.type === 'response' && part.state !== null && part.state !== 'ungradable');
  const right = graded.filter((part) => part.type === 'response' && part.state === 'correct').length;
  if (stale) return <p className="text-muted-foreground text-sm">{t('changed', { number: attempt.number })}</p>;
  const full = attempt.score === 1;
  return (
    <Callout
      kind={full ? 'success' : attempt.score > 0 ? 'warning' : 'destructive'}
      title={full ? t('allRight') : attempt.score > 0 ? t('partlyRight') : t('notRight')}
    >
      <span className="tabular">
        {graded.length > 1 && <>{t('partsRight', { right, parts: graded.length })} </>}
        {maxAttempts === null
          ? t('attemptNumber', { number: attempt.number })
          : t('attemptOf', { number: attempt.number, max: maxAttempts })}
        {state.bestScore > attempt.score && <> {t('bestCounts')}</>}
      </span>
      {state.submit === 'no_attempts_left' && <p className="mt-1">{t('noneLeft')}</p>}
    </Callout>
  );
}

type ResponseProps = {
  part: ResponsePart;
  idBase: string;
  titleId: string;
  disabled: boolean;
  /** Nothing more can be sent: the answer stands. */
  locked: boolean;
  edited: boolean;
  error: string | undefined;
  defaults: string[];
};

function Response(props: ResponseProps) {
  const { part, idBase, error, edited } = props;
  const t = useTranslations('player.problem');
  if (part.kind === 'ungradable') {
    return (
      <div className="rounded-md border border-dashed bg-muted p-3 text-sm">
        <p className="flex items-center gap-2 font-medium">
          <CircleSlash aria-hidden="true" className="size-4 shrink-0 text-muted-foreground" />
          {t('partNotGradable')}
        </p>
        {part.label && (
          <p lang={part.lang} className="mt-1">
            {part.label}
          </p>
        )}
      </div>
    );
  }
  const described = [
    part.description ? `${idBase}-about` : '',
    error ? `${idBase}-error` : '',
    part.state && !edited ? `${idBase}-verdict` : '',
  ]
    .filter(Boolean)
    .join(' ');
  const describedBy = described ? { 'aria-describedby': described } : {};
  return (
    <div className="space-y-2.5">
      <input type="hidden" name={`kind:${part.id}`} value={part.kind} />
      {part.kind === 'single_choice' || part.kind === 'multiple_choice' ? (
        <ChoiceField {...props} part={part} describedBy={describedBy} />
      ) : (
        <ValueField {...props} part={part} describedBy={describedBy} />
      )}
      {error && (
        <p id={`${idBase}-error`} className="flex items-start gap-1.5 text-destructive text-sm">
          <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {part.state && !edited && <Verdict part={part} id={`${idBase}-verdict`} />}
    </div>
  );
}

type FieldProps<Kind extends ResponsePart['kind']> = Omit<ResponseProps, 'part'> & {
  part: Extract<ResponsePart, { kind: Kind }>;
  describedBy: { 'aria-describedby'?: string };
};

function ChoiceField({
  part,
  idBase,
  titleId,
  disabled,
  locked,
  edited,
  error,
  defaults,
  describedBy,
}: FieldProps<'single_choice' | 'multiple_choice'>) {
  const t = useTranslations('player.problem');
  const Control = part.kind === 'single_choice' ? Radio : Checkbox;
  return (
    <fieldset
      disabled={disabled}
      {...(part.label ? {} : { 'aria-labelledby': titleId })}
      {...describedBy}
      {...(error ? { 'data-invalid': true } : {})}
      className="space-y-2"
    >
      {part.label && (
        <legend lang={part.lang} className="mb-2 font-medium">
          {part.label}
        </legend>
      )}
      <p id={`${idBase}-about`} className="text-muted-foreground text-sm empty:hidden">
        {part.description ?? (part.kind === 'multiple_choice' ? t('several') : '')}
      </p>
      {part.choices.map((choice) => {
        const told = edited ? [] : part.feedback.filter((item) => item.choiceId === choice.id);
        const isRight = part.revealed?.choiceIds.includes(choice.id) ?? false;
        return (
          <div
            key={choice.id}
            className={cn(
              'rounded-md border bg-background has-checked:border-primary',
              !locked && 'hover:border-input',
              locked && isRight && 'border-success',
            )}
          >
            <Control
              name={`answer:${part.id}`}
              value={choice.id}
              defaultChecked={defaults.includes(choice.id)}
              {...(error ? { 'aria-invalid': true } : {})}
              className="w-full px-3.5 py-2.5 has-disabled:opacity-100"
              label={
                <span lang={choice.lang} className="block space-y-2 font-normal text-base leading-6">
                  {choice.content}
                </span>
              }
            />
            {(told.length > 0 || isRight) && (
              <div className="border-t px-3.5 py-2 text-sm">
                {isRight && (
                  <p className="flex items-center gap-1.5 font-medium text-success">
                    <CircleCheck aria-hidden="true" className="size-4 shrink-0" />
                    {t('rightAnswer')}
                  </p>
                )}
                {told.map((item) => (
                  <p key={item.text} lang={part.lang}>
                    {item.text}
                  </p>
                ))}
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}

function ValueField({
  part,
  idBase,
  titleId,
  disabled,
  error,
  defaults,
  describedBy,
}: FieldProps<'dropdown' | 'numerical' | 'text'>) {
  const t = useTranslations('player.problem');
  const control = {
    id: idBase,
    name: `answer:${part.id}`,
    disabled,
    ...describedBy,
    ...(part.label ? {} : { 'aria-labelledby': titleId }),
    ...(error ? { 'aria-invalid': true as const } : {}),
  };
  const right =
    part.revealed &&
    (part.revealed.example ??
      (part.kind === 'dropdown'
        ? part.choices
            .filter((choice) => part.revealed?.choiceIds.includes(choice.id))
            .map((choice) => choice.text)
            .join(', ')
        : ''));
  return (
    <>
      {part.label && (
        <label htmlFor={idBase} lang={part.lang} className="block font-medium">
          {part.label}
        </label>
      )}
      {part.description && (
        <p id={`${idBase}-about`} lang={part.lang} className="text-muted-foreground text-sm">
          {part.description}
        </p>
      )}
      {part.kind === 'dropdown' ? (
        <div className="max-w-md">
          <Select {...control} defaultValue={defaults[0] ?? ''}>
            <option value="">{t('choose')}</option>
            {part.choices.map((choice) => (
              <option key={choice.id} value={choice.id} lang={choice.lang}>
                {choice.text}
              </option>
            ))}
          </Select>
        </div>
      ) : (
        <span className="flex max-w-md items-center gap-3">
          <Input {...control} defaultValue={defaults[0] ?? ''} autoComplete="off" spellCheck={false} maxLength={2000} />
          {part.kind === 'numerical' && part.unit && (
            <span className="shrink-0 text-muted-foreground">{part.unit}</span>
          )}
        </span>
      )}
      {right && part.state !== 'correct' && (
        <p className="flex items-start gap-1.5 text-sm">
          <CircleCheck aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-success" />
          <span>
            <span className="font-medium">{t('rightAnswer')}:</span> {right}
          </span>
        </p>
      )}
    </>
  );
}

const verdicts = {
  correct: { Icon: CircleCheck, color: 'text-success' },
  partial: { Icon: CircleAlert, color: 'text-warning' },
  incorrect: { Icon: CircleX, color: 'text-destructive' },
  unanswered: { Icon: CircleDashed, color: 'text-muted-foreground' },
  ungradable: { Icon: CircleSlash, color: 'text-muted-foreground' },
} as const;

/** How one part was graded, in words and with an icon, and what the author says to it. */
function Verdict({ part, id }: { part: ResponsePart; id: string }) {
  const t = useTranslations('player.problem');
  const state = part.state ?? 'unanswered';
  const { Icon, color } = verdicts[state];
  const choices = 'choices' in part && part.kind !== 'dropdown' ? part.choices.map((choice) => choice.id) : [];
  const general = part.feedback.filter((item) => item.choiceId === null || !choices.includes(item.choiceId));
  return (
    <div id={id} className="flex items-start gap-2 text-sm">
      <Icon aria-hidden="true" className={cn('mt-0.5 size-4 shrink-0', color)} />
      <div className="min-w-0">
        <p className="font-medium">{t(`verdict.${state}`)}</p>
        {general.map((item) => (
          <p key={item.text} lang={part.lang}>
            {item.text}
          </p>
        ))}
      </div>
    </div>
  );
}
