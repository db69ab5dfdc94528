import { notFound } from 'next/navigation';

/** Every address that is no page of ours: inside the layout, so that the 404 has header, language and theme. */
export default function UnknownAddress() {
  notFound();
}
