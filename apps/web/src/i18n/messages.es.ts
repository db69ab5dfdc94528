import account from '../../messages/es/account.json';
import auth from '../../messages/es/auth.json';
import buying from '../../messages/es/buying.json';
import catalogue from '../../messages/es/catalogue.json';
import common from '../../messages/es/common.json';
import console from '../../messages/es/console.json';
import course from '../../messages/es/course.json';
import design from '../../messages/es/design.json';
import errors from '../../messages/es/errors.json';
import home from '../../messages/es/home.json';
import instalments from '../../messages/es/instalments.json';
import learning from '../../messages/es/learning.json';
import memberships from '../../messages/es/memberships.json';
import player from '../../messages/es/player.json';
import reference from '../../messages/es/reference.json';
import sales from '../../messages/es/sales.json';
import studio from '../../messages/es/studio.json';

export const messages = {
  common,
  home,
  catalogue,
  course,
  buying,
  memberships,
  player,
  instalments,
  learning,
  account,
  auth,
  studio,
  console,
  design,
  errors,
  reference,
  sales,
};
