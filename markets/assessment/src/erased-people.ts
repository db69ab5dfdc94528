import { erasedPeople } from '@stoa/kernel';

export const { noteErased, refuseErased } = erasedPeople('assessment');
