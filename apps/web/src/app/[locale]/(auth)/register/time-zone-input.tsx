'use client';

import { useEffect, useState } from 'react';

/** Sends the zone of this device along, so that a new person's dates are theirs from the first mail on. */
export function TimeZoneInput() {
  const [zone, setZone] = useState('');
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), []);
  return <input type="hidden" name="timeZone" value={zone} />;
}
