'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { getLocale } from 'next-intl/server';
import { api, problemOf } from '@/api/client.ts';
import { addToKeptCart } from '@/buying/cart-cookie.ts';
import { readRemembered, saveRemembered } from '@/buying/wish-cookie.ts';
import { addWish, removeWish } from '@/buying/wishes.ts';
import { textsOf } from '@/components/forms/form-state.ts';
import { getPathname } from '@/i18n/navigation.ts';
import { getSession } from '@/session/session.ts';

async function go(href: string): Promise<never> {
  redirect(getPathname({ href, locale: await getLocale() }));
}

async function forget(courseId: string): Promise<void> {
  const remembered = await readRemembered();
  if (remembered.length > 0) await saveRemembered(removeWish(remembered, courseId));
  if (!(await getSession())) return;
  const answer = await (await api()).DELETE('/api/wish-list/{courseId}', { params: { path: { courseId } } });
  if (!answer.response.ok) throw problemOf(answer);
}

async function keep(courseId: string): Promise<'kept' | 'full'> {
  const client = await api();
  if (await getSession()) {
    const remembered = await readRemembered();
    if (remembered.length > 0 && (await client.POST('/api/wish-list', { body: { wishes: remembered } })).data)
      await saveRemembered([]);
    const answer = await client.PUT('/api/wish-list/{courseId}', { params: { path: { courseId } } });
    if (answer.response.ok) return 'kept';
    if (problemOf(answer).code === 'wish_list_full') return 'full';
    throw problemOf(answer);
  }
  const course = await client.GET('/api/courses/{id}', { params: { path: { id: courseId } } });
  if (!course.data) throw problemOf(course);
  const savedAt = new Date().toISOString();
  const wishes = addWish(await readRemembered(), { courseId: course.data.id, savedAt, savedPrice: course.data.price });
  if (!wishes) return 'full';
  await saveRemembered(wishes);
  return 'kept';
}

/** Keeps a course for later, or forgets it: `wished` says what is wanted, so that two tabs do not undo each other. */
export async function setWish(form: FormData): Promise<void> {
  const { course = '', wished } = textsOf(form);
  if (wished !== 'yes') await forget(course);
  else if ((await keep(course)) === 'full') return go('/wish-list?full=1');
  revalidatePath('/[locale]', 'layout');
}

/** Puts a kept course into the cart, and takes it off the list once the cart has it. */
export async function moveToCart(form: FormData): Promise<void> {
  const { course = '' } = textsOf(form);
  if (!(await addToKeptCart({ sku: `course:${course}`, quantity: 1, purpose: 'own', gift: null })))
    return go('/cart?full=1');
  await forget(course);
  return go('/cart');
}
