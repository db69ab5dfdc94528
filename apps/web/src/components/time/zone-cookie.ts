/** Zone of the device, readable by script on purpose: dates of people without an account are shown in it. */
export const zoneCookie = 'stoa_zone';
