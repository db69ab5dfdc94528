import { erasedPeople } from '@stoa/kernel';

export const { noteErased, isErased, refuseErased, refuseErasedActor } = erasedPeople('courses');
