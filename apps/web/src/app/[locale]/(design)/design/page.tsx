import { ArrowRight, Plus, Search, Trash2 } from 'lucide-react';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { coverOf } from '@/art/cover.ts';
import { CoverArt } from '@/components/brand/cover-art.tsx';
import { Mark, Wordmark } from '@/components/brand/mark.tsx';
import { RefusalCallout } from '@/components/forms/refusal.tsx';
import { NavLink } from '@/components/shell/nav-link.tsx';
import { Avatar } from '@/components/ui/avatar.tsx';
import { Badge } from '@/components/ui/badge.tsx';
import { Breadcrumb } from '@/components/ui/breadcrumb.tsx';
import { Button, buttonClasses, IconButton } from '@/components/ui/button.tsx';
import { Callout } from '@/components/ui/callout.tsx';
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '@/components/ui/card.tsx';
import { Checkbox, Radio, RadioGroup, Switch } from '@/components/ui/choice.tsx';
import { CodeBlock } from '@/components/ui/code-block.tsx';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { EmptyState } from '@/components/ui/empty-state.tsx';
import { Field } from '@/components/ui/field.tsx';
import { Input, InputWithLead, Textarea } from '@/components/ui/input.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';
import { LoadMore } from '@/components/ui/load-more.tsx';
import { Picture } from '@/components/ui/picture.tsx';
import { PopoverMenu } from '@/components/ui/popover-menu.tsx';
import { Price } from '@/components/ui/price.tsx';
import { PrintButton } from '@/components/ui/print-button.tsx';
import { Progress, ProgressRing } from '@/components/ui/progress.tsx';
import { Select } from '@/components/ui/select.tsx';
import { LoadingRegion, Skeleton } from '@/components/ui/skeleton.tsx';
import { Spinner } from '@/components/ui/spinner.tsx';
import { Stat } from '@/components/ui/stat.tsx';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table.tsx';
import { TextLink } from '@/components/ui/text-link.tsx';
import { TraceId } from '@/components/ui/trace-id.tsx';
import { ClientMessages } from '@/i18n/client-messages.tsx';
import { ErrorDemo, FileDemos, OverlayDemos, RefusalDemo, TabsDemo, UnsavedDemo } from './demos.tsx';
import { DocumentSpecimen } from './document-specimen.tsx';
import { PartsSpecimen, SellingSpecimen } from './selling-specimen.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('design'))('title'), robots: { index: false } };
}

const sections = [
  'brand',
  'color',
  'type',
  'art',
  'buttons',
  'forms',
  'feedback',
  'overlays',
  'data',
  'lessons',
  'selling',
  'navigation',
  'states',
] as const;

const sampleTrace = '4bf92f3577b34da6a3ce929d0e0e4736';

/** One id per motif, found once, so that the page always shows all of them. */
const artIds = ['colonnade', 'mosaic', 'frieze', 'theatre', 'arcade'].flatMap((motif) => {
  const found = Array.from({ length: 80 }, (_, index) => `design-${index}`).filter((id) => coverOf(id).motif === motif);
  return found.slice(0, motif === 'colonnade' ? 2 : 1);
});

export default async function DesignPage() {
  const t = await getTranslations('design');
  return (
    <ClientMessages areas={['design', 'player']}>
      <div className="page-column py-10">
        <h1 className="text-4xl">{t('title')}</h1>
        <p className="mt-3 max-w-prose text-muted-foreground">{t('lead')}</p>
        <nav aria-label={t('title')} className="mt-6 flex flex-wrap gap-x-4 gap-y-2 text-sm" data-noprint>
          {sections.map((section) => (
            <a key={section} href={`#${section}`} className="text-primary underline underline-offset-4">
              {t(`sections.${section}`)}
            </a>
          ))}
        </nav>
        {sections.map((section) => (
          <section key={section} aria-labelledby={section} className="mt-14">
            <h2 id={section} className="text-2xl">
              {t(`sections.${section}`)}
            </h2>
            <div className="mt-5">
              <Specimen name={section} />
            </div>
          </section>
        ))}
      </div>
    </ClientMessages>
  );
}

/** The same specimen on paper and at night, whatever scheme the page itself has. */
function BothSchemes({ children }: { children: ReactNode }) {
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <div className="light rounded-lg border bg-background p-5 sm:p-6">{children}</div>
      <div className="dark rounded-lg border bg-background p-5 sm:p-6">{children}</div>
    </div>
  );
}

function Specimen({ name }: { name: (typeof sections)[number] }) {
  switch (name) {
    case 'brand':
      return (
        <BothSchemes>
          <BrandSpecimen />
        </BothSchemes>
      );
    case 'color':
      return (
        <BothSchemes>
          <ColorSpecimen />
        </BothSchemes>
      );
    case 'type':
      return <TypeSpecimen />;
    case 'art':
      return (
        <BothSchemes>
          <ArtSpecimen />
        </BothSchemes>
      );
    case 'buttons':
      return (
        <BothSchemes>
          <ButtonSpecimen />
        </BothSchemes>
      );
    case 'forms':
      return <FormSpecimen />;
    case 'feedback':
      return (
        <BothSchemes>
          <FeedbackSpecimen />
        </BothSchemes>
      );
    case 'overlays':
      return <OverlayDemos />;
    case 'data':
      return <DataSpecimen />;
    case 'lessons':
      return <DocumentSpecimen />;
    case 'selling':
      return (
        <>
          <BothSchemes>
            <SellingSpecimen />
          </BothSchemes>
          <PartsSpecimen />
        </>
      );
    case 'navigation':
      return <NavigationSpecimen />;
    case 'states':
      return <StateSpecimen />;
  }
}

function BrandSpecimen() {
  return (
    <div className="flex flex-wrap items-end gap-6">
      <Mark className="size-4" />
      <Mark className="size-8 text-primary" />
      <Mark className="size-16" />
      <Wordmark />
    </div>
  );
}

const swatches = [
  ['bg-background', 'text-foreground', 'background'],
  ['bg-card', 'text-card-foreground', 'card'],
  ['bg-muted', 'text-muted-foreground', 'muted'],
  ['bg-secondary', 'text-secondary-foreground', 'secondary'],
  ['bg-primary', 'text-primary-foreground', 'primary'],
  ['bg-primary-soft', 'text-primary-soft-foreground', 'primary-soft'],
  ['bg-destructive', 'text-destructive-foreground', 'destructive'],
  ['bg-destructive-soft', 'text-destructive-soft-foreground', 'destructive-soft'],
  ['bg-success', 'text-success-foreground', 'success'],
  ['bg-success-soft', 'text-success-soft-foreground', 'success-soft'],
  ['bg-warning', 'text-warning-foreground', 'warning'],
  ['bg-warning-soft', 'text-warning-soft-foreground', 'warning-soft'],
  ['bg-info', 'text-info-foreground', 'info'],
  ['bg-info-soft', 'text-info-soft-foreground', 'info-soft'],
] as const;

function ColorSpecimen() {
  return (
    <div className="space-y-4">
      <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4">
        {swatches.map(([ground, ink, name]) => (
          <li key={name} className={`${ground} ${ink} flex h-14 items-end rounded-md border p-2 text-xs`}>
            {name}
          </li>
        ))}
      </ul>
      <ul className="grid grid-cols-3 gap-2">
        {(['learn', 'energy', 'rentals'] as const).map((market) => (
          <li
            key={market}
            data-market={market}
            className="flex h-14 items-end rounded-md bg-primary p-2 text-primary-foreground text-xs"
          >
            {market}
          </li>
        ))}
      </ul>
    </div>
  );
}

async function TypeSpecimen() {
  const t = await getTranslations('design.sample');
  return (
    <Card>
      <CardContent className="space-y-3">
        <p className="font-display text-4xl">{t('course')}</p>
        <p className="font-display text-3xl">{t('course')}</p>
        <p className="font-display text-2xl">{t('long')}</p>
        <p className="font-display text-xl">{t('sentence')}</p>
        <p className="text-lg">{t('sentence')}</p>
        <p>{t('sentence')}</p>
        <p className="text-muted-foreground text-sm">{t('sentence')}</p>
        <p className="text-muted-foreground text-xs">{t('sentence')}</p>
        <p className="font-mono text-sm">const column = light + stone; 0123456789</p>
        <p className="tabular flex flex-wrap gap-x-4">
          <Price money={{ amount: 12990, currency: 'BRL' }} />
          <Price money={{ amount: 4900, currency: 'USD' }} />
          <Price money={{ amount: 1500, currency: 'JPY' }} />
          <Price money={null} />
        </p>
      </CardContent>
    </Card>
  );
}

function ArtSpecimen() {
  return (
    <div className="space-y-5">
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
        {artIds.map((id) => (
          <li key={id} className="overflow-hidden rounded-lg border">
            <CoverArt id={id} />
          </li>
        ))}
      </ul>
      <ul className="flex flex-wrap gap-3">
        {Array.from({ length: 12 }, (_, index) => `person-${index}`).map((id) => (
          <li key={id}>
            <Avatar id={id} size="lg" />
          </li>
        ))}
        <li>
          <Picture src="/icon.svg" alt="Stoa" width={40} height={40} className="rounded-full border" />
        </li>
      </ul>
    </div>
  );
}

async function ButtonSpecimen() {
  const t = await getTranslations('common');
  const s = await getTranslations('design.sample');
  const variants = ['primary', 'secondary', 'outline', 'ghost', 'destructive'] as const;
  return (
    <div className="space-y-4">
      {([{}, { disabled: true }, { loading: true }] as const).map((state) => (
        <div key={JSON.stringify(state)} className="flex flex-wrap gap-3">
          {variants.map((variant) => (
            <Button key={variant} variant={variant} {...state}>
              {t('continue')}
            </Button>
          ))}
        </div>
      ))}
      <div className="flex flex-wrap items-center gap-3">
        <Button size="sm">{t('save')}</Button>
        <Button>{t('save')}</Button>
        <Button size="lg">
          {t('continue')}
          <ArrowRight aria-hidden="true" />
        </Button>
        <Button variant="link">{t('edit')}</Button>
        <IconButton label={t('edit')}>
          <Plus aria-hidden="true" />
        </IconButton>
        <IconButton label={t('delete')} variant="outline" size="sm">
          <Trash2 aria-hidden="true" />
        </IconButton>
        <IconButton label={s('disabled')} variant="outline" disabled>
          <Plus aria-hidden="true" />
        </IconButton>
        <PrintButton label={s('print')} />
      </div>
      <p className="text-sm">
        {s('sentence')} <TextLink href="/design">{s('course')}</TextLink>
      </p>
    </div>
  );
}

async function FormSpecimen() {
  const t = await getTranslations('design.sample');
  const tCommon = await getTranslations('common');
  return (
    <div className="space-y-6">
      <RefusalDemo />
      <div className="grid gap-x-8 gap-y-6 md:grid-cols-2">
        <Field label={t('email')} help={t('emailHelp')} required>
          {(control) => <Input type="email" name="d1" placeholder="ana@example.com" {...control} />}
        </Field>
        <Field id="design-email" label={t('email')} help={t('emailHelp')} error={t('emailError')} required>
          {(control) => <Input type="email" name="d2" defaultValue="ana@" {...control} />}
        </Field>
        <Field label={t('disabled')}>
          {(control) => <Input disabled defaultValue="ana@example.com" {...control} />}
        </Field>
        <Field label={t('readOnly')}>
          {(control) => <Input readOnly defaultValue="ana@example.com" {...control} />}
        </Field>
        <Field label={tCommon('search')}>
          {(control) => (
            <InputWithLead
              type="search"
              lead={<Search aria-hidden="true" />}
              placeholder={tCommon('searchPlaceholder')}
              {...control}
            />
          )}
        </Field>
        <Field label={t('level')}>
          {(control) => (
            <Select name="d3" {...control}>
              <option>{t('beginner')}</option>
              <option>{t('advanced')}</option>
            </Select>
          )}
        </Field>
        <Field label={t('about')} hint={tCommon('optional')} className="md:col-span-2">
          {(control) => <Textarea name="d4" defaultValue={t('long')} {...control} />}
        </Field>
        <div className="space-y-4">
          <Checkbox label={t('agree')} help={t('agreeHelp')} name="c1" />
          <Checkbox label={t('agree')} name="c2" defaultChecked />
          <Checkbox label={t('disabled')} name="c3" disabled defaultChecked />
          <Switch label={t('captions')} name="s1" />
          <Switch label={t('captions')} name="s2" defaultChecked />
          <Switch label={t('disabled')} name="s3" disabled />
        </div>
        <RadioGroup legend={t('pace')} id="design-pace">
          <Radio label={t('daily')} name="r1" value="daily" />
          <Radio label={t('weekly')} name="r1" value="weekly" defaultChecked />
          <Radio label={t('never')} name="r1" value="never" />
          <Radio label={t('disabled')} name="r1" value="none" disabled />
        </RadioGroup>
      </div>
      <FileDemos />
      <UnsavedDemo />
    </div>
  );
}

async function FeedbackSpecimen() {
  const t = await getTranslations('design.sample');
  const tCommon = await getTranslations('common');
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-2">
        <Badge>{t('draft')}</Badge>
        <Badge tone="primary">{t('advanced')}</Badge>
        <Badge tone="success">{t('published')}</Badge>
        <Badge tone="warning">{t('draft')}</Badge>
        <Badge tone="destructive">{t('failed')}</Badge>
        <Badge tone="info">{t('beginner')}</Badge>
        <Badge tone="outline">{t('never')}</Badge>
      </div>
      <Callout title={t('infoTitle')}>{t('sentence')}</Callout>
      <Callout kind="success" title={t('successTitle')} />
      <Callout kind="warning" title={t('warningTitle')}>
        {t('long')}
      </Callout>
      <Callout kind="destructive" title={t('dangerTitle')}>
        {t('fileError')}
      </Callout>
      <RefusalCallout refusal={{ title: t('errorText'), signIn: false, traceId: sampleTrace }} />
      <RefusalCallout refusal={{ title: t('errorTitle'), signIn: true, traceId: null }} />
      <Progress value={0} label={t('progress')} />
      <Progress value={42} label={t('progress')} />
      <Progress value={100} label={t('progress')} />
      <Progress value={null} label={t('progress')} />
      <div className="flex items-center gap-4">
        <ProgressRing value={0} label="0%" />
        <ProgressRing value={66} label="66%" className="size-6" />
        <ProgressRing value={100} label="100%" className="size-8" />
        <Spinner />
        <Kbd>Ctrl</Kbd>
        <Kbd>K</Kbd>
      </div>
      <div className="flex flex-wrap items-center gap-4">
        <CopyButton text={t('course')} label={tCommon('copy')} copiedLabel={tCommon('copied')} />
        <TraceId id={sampleTrace} />
      </div>
    </div>
  );
}

async function DataSpecimen() {
  const t = await getTranslations('design.sample');
  const tCommon = await getTranslations('common');
  const rows = Array.from({ length: 9 }, (_, index) => index + 1);
  const states = [
    { tone: 'success', label: t('published') },
    { tone: 'neutral', label: t('draft') },
    { tone: 'destructive', label: t('failed') },
  ] as const;
  return (
    <div className="space-y-6">
      <dl className="grid gap-4 sm:grid-cols-3">
        <Stat label={t('learners')} value="12,480" note={`+318 ${t('thisMonth')}`} />
        <Stat label={t('completed')} value="64%" />
        <Stat label={t('thisMonth')} value={<Price money={{ amount: 1_842_050, currency: 'BRL' }} />} />
      </dl>
      <Table caption={tCommon('courses')} dense maxHeight="max-h-64">
        <TableHead>
          <TableRow>
            <TableHeader>{tCommon('courses')}</TableHeader>
            <TableHeader>{t('state')}</TableHeader>
            <TableHeader className="text-end">{t('learners')}</TableHeader>
            <TableHeader>{t('progress')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => {
            const state = states[row % states.length] ?? states[0];
            return (
              <TableRow key={row}>
                <TableHeader scope="row" className="font-medium text-foreground text-sm">
                  {t('course')} {row}
                </TableHeader>
                <TableCell>
                  <Badge tone={state.tone}>{state.label}</Badge>
                </TableCell>
                <TableCell className="tabular text-end">{(row * 7919) % 1000}</TableCell>
                <TableCell className="min-w-32">
                  <Progress value={(row * 37) % 101} label={`${t('progress')} ${row}`} />
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      <div className="grid gap-6 md:grid-cols-2">
        <Card>
          <CardHeader>
            <CardTitle>{t('course')}</CardTitle>
            <CardDescription>{t('sentence')}</CardDescription>
          </CardHeader>
          <CardContent className="text-sm">{t('long')}</CardContent>
          <CardFooter>
            <Button size="sm">{tCommon('continue')}</Button>
          </CardFooter>
        </Card>
        <CodeBlock
          language="ts"
          code={"const walk = columns.map((column) => shade(column));\nawait walk[0].listen({ to: 'people talking' });"}
        />
      </div>
    </div>
  );
}

async function NavigationSpecimen() {
  const t = await getTranslations('design.sample');
  const tCommon = await getTranslations('common');
  return (
    <div className="space-y-6">
      <Breadcrumb
        label={tCommon('breadcrumb')}
        items={[
          { label: tCommon('home'), href: '/' },
          { label: tCommon('courses'), href: '/courses' },
          { label: t('long') },
        ]}
      />
      <PopoverMenu trigger={t('menu')} label={t('menu')} triggerClassName={buttonClasses({ variant: 'outline' })}>
        <NavLink href="/design">{t('course')}</NavLink>
      </PopoverMenu>
      <TabsDemo />
      <LoadMore href="/design" shown="20 / 318">
        {tCommon('loadMore')}
      </LoadMore>
    </div>
  );
}

async function StateSpecimen() {
  const t = await getTranslations('design.sample');
  const tCommon = await getTranslations('common');
  return (
    <div className="grid gap-6 md:grid-cols-3">
      <EmptyState headingLevel={3} title={t('emptyTitle')} action={<Button>{tCommon('courses')}</Button>}>
        {t('emptyText')}
      </EmptyState>
      <LoadingRegion label={tCommon('loading')} className="overflow-hidden rounded-lg border">
        <Skeleton className="aspect-video rounded-none" />
        <div className="space-y-3 p-5">
          <Skeleton className="h-5 w-3/4" />
          <Skeleton className="h-4 w-full" />
          <Skeleton className="h-4 w-1/2" />
        </div>
      </LoadingRegion>
      <ErrorDemo />
    </div>
  );
}
