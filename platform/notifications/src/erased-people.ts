import { erasedPeople } from '@stoa/kernel';

export const { noteErased, isErased, refuseErased } = erasedPeople('notifications');
