import account from '../../messages/pt-BR/account.json';
import auth from '../../messages/pt-BR/auth.json';
import buying from '../../messages/pt-BR/buying.json';
import catalogue from '../../messages/pt-BR/catalogue.json';
import common from '../../messages/pt-BR/common.json';
import console from '../../messages/pt-BR/console.json';
import course from '../../messages/pt-BR/course.json';
import design from '../../messages/pt-BR/design.json';
import errors from '../../messages/pt-BR/errors.json';
import home from '../../messages/pt-BR/home.json';
import instalments from '../../messages/pt-BR/instalments.json';
import learning from '../../messages/pt-BR/learning.json';
import memberships from '../../messages/pt-BR/memberships.json';
import player from '../../messages/pt-BR/player.json';
import reference from '../../messages/pt-BR/reference.json';
import sales from '../../messages/pt-BR/sales.json';
import studio from '../../messages/pt-BR/studio.json';

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
