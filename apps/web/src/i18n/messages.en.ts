import account from '../../messages/en/account.json';
import auth from '../../messages/en/auth.json';
import buying from '../../messages/en/buying.json';
import catalogue from '../../messages/en/catalogue.json';
import common from '../../messages/en/common.json';
import console from '../../messages/en/console.json';
import course from '../../messages/en/course.json';
import design from '../../messages/en/design.json';
import errors from '../../messages/en/errors.json';
import home from '../../messages/en/home.json';
import instalments from '../../messages/en/instalments.json';
import learning from '../../messages/en/learning.json';
import memberships from '../../messages/en/memberships.json';
import player from '../../messages/en/player.json';
import reference from '../../messages/en/reference.json';
import sales from '../../messages/en/sales.json';
import studio from '../../messages/en/studio.json';

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
