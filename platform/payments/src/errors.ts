import { defineErrors } from '@stoa/kernel';

/** What payments refuses, and when. */
export const errors = defineErrors({
  order_not_found: {
    status: 404,
    title: {
      en: 'This order does not exist, or it is not yours.',
      'pt-BR': 'Este pedido não existe ou não é seu.',
      es: 'Este pedido no existe o no es tuyo.',
    },
    when: 'No order has the id, or the caller is neither its buyer nor holds its token.',
    log: 'debug',
  },
  item_unknown: {
    status: 422,
    title: {
      en: '“{sku}” is not something we sell.',
      'pt-BR': '“{sku}” não é algo que vendemos.',
      es: '«{sku}» no es algo que vendamos.',
    },
    when: 'A line names an SKU whose kind no market offers, or that its market does not know.',
    log: 'debug',
  },
  item_not_for_sale: {
    status: 409,
    title: {
      en: '“{title}” cannot be bought right now.',
      'pt-BR': '“{title}” não está à venda no momento.',
      es: '«{title}» no está a la venta en este momento.',
    },
    when: 'The market does not sell the item to this buyer: it is withdrawn, sold out, or has no price.',
    log: 'info',
  },
  item_is_free: {
    status: 409,
    title: {
      en: '“{title}” is free: there is nothing to pay.',
      'pt-BR': '“{title}” é gratuito: não há nada a pagar.',
      es: '«{title}» es gratis: no hay nada que pagar.',
    },
    when: 'An item without a price is ordered.',
    log: 'info',
  },
  item_already_owned: {
    status: 409,
    title: {
      en: 'You already have “{title}”.',
      'pt-BR': 'Você já tem “{title}”.',
      es: 'Ya tienes «{title}».',
    },
    when: 'The buyer owns the item.',
    log: 'info',
  },
  item_in_bundle: {
    status: 409,
    title: {
      en: '“{title}” comes with a bundle in the same order. Take it out.',
      'pt-BR': '“{title}” já vem em um pacote deste pedido. Tire o item avulso.',
      es: '«{title}» ya viene en un paquete de este pedido. Quítalo.',
    },
    when: 'An item is ordered beside something that includes it, for the same person.',
    log: 'info',
  },
  item_not_giftable: {
    status: 422,
    title: {
      en: '“{title}” can only be bought for yourself.',
      'pt-BR': '“{title}” só pode ser comprado para você.',
      es: '«{title}» solo puedes comprarlo para ti.',
    },
    when: 'A gift or seats of an item are ordered whose market does not allow it.',
    log: 'info',
  },
  quantity_too_large: {
    status: 422,
    title: {
      en: 'At most {max} of “{title}” fit in one order.',
      'pt-BR': 'Cabem no máximo {max} de “{title}” em um pedido.',
      es: 'En un pedido caben como máximo {max} de «{title}».',
    },
    when: 'A line takes more than its market allows in one order.',
    log: 'info',
  },
  mixed_currencies: {
    status: 422,
    title: {
      en: 'These items are sold in different currencies. Order them separately.',
      'pt-BR': 'Estes itens são vendidos em moedas diferentes. Faça pedidos separados.',
      es: 'Estos artículos se venden en monedas distintas. Haz pedidos separados.',
    },
    when: 'The lines of one order are priced in more than one currency.',
    log: 'info',
  },
  buyer_email_needed: {
    status: 422,
    title: {
      en: 'Tell us your e-mail address, so that we can send you what you buy.',
      'pt-BR': 'Informe seu e-mail para que possamos enviar o que você comprar.',
      es: 'Indica tu correo electrónico para que podamos enviarte lo que compres.',
    },
    when: 'Somebody without an account orders without an e-mail address.',
    log: 'debug',
  },
  coupon_unknown: {
    status: 422,
    title: {
      en: 'There is no coupon with this code.',
      'pt-BR': 'Não existe cupom com este código.',
      es: 'No existe ningún cupón con este código.',
    },
    when: 'No active coupon has the code.',
    log: 'debug',
  },
  coupon_not_now: {
    status: 422,
    title: {
      en: 'This coupon is not valid today.',
      'pt-BR': 'Este cupom não vale hoje.',
      es: 'Este cupón no es válido hoy.',
    },
    when: 'The coupon has not begun or has ended.',
    log: 'debug',
  },
  coupon_used_up: {
    status: 409,
    title: {
      en: 'This coupon has been used up.',
      'pt-BR': 'Este cupom já se esgotou.',
      es: 'Este cupón ya se agotó.',
    },
    when: 'The coupon has been used as often as it may be.',
    log: 'info',
  },
  coupon_already_used: {
    status: 409,
    title: {
      en: 'You have already used this coupon.',
      'pt-BR': 'Você já usou este cupom.',
      es: 'Ya usaste este cupón.',
    },
    when: 'The person has used the coupon as often as one person may.',
    log: 'info',
  },
  coupon_not_applicable: {
    status: 422,
    title: {
      en: 'This coupon does not apply to what you are buying.',
      'pt-BR': 'Este cupom não se aplica ao que você está comprando.',
      es: 'Este cupón no se aplica a lo que estás comprando.',
    },
    when: 'No line matches the coupon, its minimum is not reached, or it is in another currency.',
    log: 'debug',
  },
  coupon_not_found: {
    status: 404,
    title: {
      en: 'This coupon does not exist.',
      'pt-BR': 'Este cupom não existe.',
      es: 'Este cupón no existe.',
    },
    when: 'No coupon has the id, or it is somebody else’s.',
    log: 'debug',
  },
  coupon_code_taken: {
    status: 409,
    title: {
      en: 'There is already a coupon with this code.',
      'pt-BR': 'Já existe um cupom com este código.',
      es: 'Ya existe un cupón con este código.',
    },
    when: 'A coupon is created with a code that is in use.',
    log: 'info',
  },
  order_not_payable: {
    status: 409,
    title: {
      en: 'This order can no longer be paid.',
      'pt-BR': 'Este pedido não pode mais ser pago.',
      es: 'Este pedido ya no se puede pagar.',
    },
    when: 'The order is paid, cancelled, expired or refunded.',
    log: 'info',
  },
  order_not_cancellable: {
    status: 409,
    title: {
      en: 'This order can no longer be cancelled.',
      'pt-BR': 'Este pedido não pode mais ser cancelado.',
      es: 'Este pedido ya no se puede cancelar.',
    },
    when: 'An order that is not waiting for its payment is cancelled.',
    log: 'info',
  },
  order_already_claimed: {
    status: 409,
    title: {
      en: 'This order already belongs to an account.',
      'pt-BR': 'Este pedido já pertence a uma conta.',
      es: 'Este pedido ya pertenece a una cuenta.',
    },
    when: 'A guest’s order is claimed by somebody else than the one who claimed it first.',
    log: 'info',
  },
  payment_in_progress: {
    status: 409,
    title: {
      en: 'Another payment of this order is on its way. Finish it or cancel it first.',
      'pt-BR': 'Outro pagamento deste pedido está em andamento. Conclua ou cancele esse pagamento primeiro.',
      es: 'Otro pago de este pedido está en curso. Complétalo o cancélalo primero.',
    },
    when: 'A payment with another provider is live; the detail names it.',
    log: 'info',
  },
  payment_not_found: {
    status: 404,
    title: {
      en: 'This payment does not exist, or it is not yours.',
      'pt-BR': 'Este pagamento não existe ou não é seu.',
      es: 'Este pago no existe o no es tuyo.',
    },
    when: 'No payment has the id, or the caller may not see its order.',
    log: 'debug',
  },
  payment_not_cancellable: {
    status: 409,
    title: {
      en: 'This payment can no longer be cancelled.',
      'pt-BR': 'Este pagamento não pode mais ser cancelado.',
      es: 'Este pago ya no se puede cancelar.',
    },
    when: 'The payment has ended, or the money is being taken.',
    log: 'info',
  },
  provider_not_found: {
    status: 404,
    title: {
      en: 'There is no provider “{provider}”.',
      'pt-BR': 'Não há um provedor “{provider}”.',
      es: 'No hay ningún proveedor «{provider}».',
    },
    when: 'The provider in the address does not exist.',
    log: 'debug',
  },
  provider_unknown: {
    status: 422,
    title: {
      en: '“{provider}” is not a way to pay that we know.',
      'pt-BR': '“{provider}” não é uma forma de pagamento que conhecemos.',
      es: '«{provider}» no es una forma de pago que conozcamos.',
    },
    when: 'The named provider does not exist.',
    log: 'debug',
  },
  provider_unavailable: {
    status: 409,
    title: {
      en: 'Paying with {provider} is not possible right now. Choose another way.',
      'pt-BR': 'Não é possível pagar com {provider} agora. Escolha outra forma.',
      es: 'Ahora no es posible pagar con {provider}. Elige otra forma.',
    },
    when: 'The provider is switched off or not configured.',
    log: 'info',
  },
  currency_not_supported: {
    status: 422,
    title: {
      en: '{provider} does not take {currency}. Choose another way to pay.',
      'pt-BR': '{provider} não aceita {currency}. Escolha outra forma de pagamento.',
      es: '{provider} no acepta {currency}. Elige otra forma de pago.',
    },
    when: 'The provider cannot charge the order’s currency.',
    log: 'info',
  },
  amount_too_small: {
    status: 422,
    title: {
      en: '{provider} does not take amounts this small. Choose another way to pay.',
      'pt-BR': '{provider} não aceita valores tão baixos. Escolha outra forma de pagamento.',
      es: '{provider} no acepta importes tan pequeños. Elige otra forma de pago.',
    },
    when: 'The order costs less than the provider’s minimum.',
    log: 'info',
  },
  payer_details_needed: {
    status: 422,
    title: {
      en: '{provider} needs more about you: {fields}.',
      'pt-BR': '{provider} precisa de mais dados seus: {fields}.',
      es: '{provider} necesita más datos tuyos: {fields}.',
    },
    when: 'The provider asks for details of the payer that were not given; `errors` lists them.',
    log: 'debug',
  },
  return_address_refused: {
    status: 422,
    title: {
      en: 'The return address does not belong to this site.',
      'pt-BR': 'O endereço de retorno não pertence a este site.',
      es: 'La dirección de retorno no pertenece a este sitio.',
    },
    when: '`returnUrl` leads away from the platform.',
    log: 'info',
  },
  refund_not_possible: {
    status: 409,
    title: {
      en: 'This payment cannot be refunded.',
      'pt-BR': 'Este pagamento não pode ser reembolsado.',
      es: 'Este pago no se puede reembolsar.',
    },
    when: 'Nothing was captured, the provider cannot refund, or a dispute holds the money.',
    log: 'info',
  },
  refund_too_large: {
    status: 409,
    title: {
      en: 'That is more than what is left to refund.',
      'pt-BR': 'Isso é mais do que resta para reembolsar.',
      es: 'Eso es más de lo que queda por reembolsar.',
    },
    when: 'A refund exceeds what was captured and not yet given back, of the payment or of a line.',
    log: 'info',
  },
  refund_window_over: {
    status: 409,
    title: {
      en: 'The time to ask for your money back is over.',
      'pt-BR': 'O prazo para pedir o reembolso terminou.',
      es: 'El plazo para pedir el reembolso ha terminado.',
    },
    when: 'A buyer asks for a refund after the days the item allows.',
    log: 'info',
  },
  invoice_not_found: {
    status: 404,
    title: {
      en: 'This invoice does not exist, or it is not yours.',
      'pt-BR': 'Esta fatura não existe ou não é sua.',
      es: 'Esta factura no existe o no es tuya.',
    },
    when: 'No invoice or credit note has the id, or it is somebody else’s.',
    log: 'debug',
  },
  webhook_refused: {
    status: 401,
    title: {
      en: 'This message is not from the provider.',
      'pt-BR': 'Esta mensagem não veio do provedor.',
      es: 'Este mensaje no viene del proveedor.',
    },
    when: 'A webhook whose signature, age or addressee is wrong.',
    log: 'warn',
  },
  webhook_malformed: {
    status: 400,
    title: {
      en: 'This message cannot be read.',
      'pt-BR': 'Não é possível ler esta mensagem.',
      es: 'Este mensaje no se puede leer.',
    },
    when: 'A webhook that is signed and makes no sense.',
    log: 'warn',
  },
  gift_not_found: {
    status: 404,
    title: {
      en: 'This gift does not exist, or its link is not complete.',
      'pt-BR': 'Este presente não existe ou o link está incompleto.',
      es: 'Este regalo no existe o el enlace está incompleto.',
    },
    when: 'No gift has the id and the token.',
    log: 'debug',
  },
  gift_already_claimed: {
    status: 409,
    title: {
      en: 'This gift has already been taken up.',
      'pt-BR': 'Este presente já foi resgatado.',
      es: 'Este regalo ya fue canjeado.',
    },
    when: 'A gift is claimed a second time by somebody else, or was refunded.',
    log: 'info',
  },
  seat_invited_lately: {
    status: 409,
    title: {
      en: 'This person has just been written to. Wait a minute; after ten invitations send the link yourself.',
      'pt-BR':
        'Acabamos de escrever para esta pessoa. Espere um minuto; depois de dez convites, envie o link você mesmo.',
      es: 'Acabamos de escribir a esta persona. Espera un minuto; después de diez invitaciones, envía tú el enlace.',
    },
    when: 'An invitation to a seat is repeated within a minute, or for the eleventh time.',
    log: 'info',
  },
  seat_not_found: {
    status: 404,
    title: {
      en: 'This seat does not exist, or its link is not complete.',
      'pt-BR': 'Esta vaga não existe ou o link está incompleto.',
      es: 'Esta plaza no existe o el enlace está incompleto.',
    },
    when: 'No seat has the id and the token, or it is of somebody else’s order.',
    log: 'debug',
  },
  seats_all_taken: {
    status: 409,
    title: {
      en: 'All seats are taken. Take one back first or buy more.',
      'pt-BR': 'Todas as vagas estão ocupadas. Retire uma primeiro ou compre mais.',
      es: 'Todas las plazas están ocupadas. Retira una primero o compra más.',
    },
    when: 'More seats are assigned than were bought.',
    log: 'info',
  },
  seat_already_assigned: {
    status: 409,
    title: {
      en: 'This address already has a seat.',
      'pt-BR': 'Este endereço já tem uma vaga.',
      es: 'Esta dirección ya tiene una plaza.',
    },
    when: 'A seat of the line is assigned to the same e-mail address.',
    log: 'info',
  },
  line_has_no_seats: {
    status: 409,
    title: {
      en: 'This line of the order has no seats to assign.',
      'pt-BR': 'Este item do pedido não tem vagas para atribuir.',
      es: 'Esta línea del pedido no tiene plazas que asignar.',
    },
    when: 'Seats of a line are assigned that was not bought as seats, is not paid, or was refunded.',
    log: 'info',
  },
  tax_rule_not_found: {
    status: 404,
    title: {
      en: 'This tax rule does not exist.',
      'pt-BR': 'Esta regra de imposto não existe.',
      es: 'Esta regla de impuestos no existe.',
    },
    when: 'No tax rule has the id.',
    log: 'debug',
  },
  payout_not_found: {
    status: 404,
    title: {
      en: 'This payout does not exist, or has ended otherwise.',
      'pt-BR': 'Este repasse não existe ou teve outro desfecho.',
      es: 'Este pago al vendedor no existe o terminó de otra manera.',
    },
    when: 'No payout has the id, or one that failed is confirmed.',
    log: 'debug',
  },
  not_a_plan: {
    status: 422,
    title: {
      en: '“{title}” is not something to subscribe to.',
      'pt-BR': '“{title}” não é algo para assinar.',
      es: '«{title}» no es algo a lo que suscribirse.',
    },
    when: 'A subscription is begun with, or changed to, an item without a period, or one in another currency.',
    log: 'info',
  },
  already_subscribed: {
    status: 409,
    title: {
      en: 'You already subscribe to “{title}”.',
      'pt-BR': 'Você já assina “{title}”.',
      es: 'Ya estás suscrito a «{title}».',
    },
    when: 'The person has a subscription of the plan that has not ended.',
    log: 'info',
  },
  provider_cannot_renew: {
    status: 422,
    title: {
      en: '{provider} cannot renew a subscription by itself. Choose another way to pay.',
      'pt-BR': '{provider} não consegue renovar uma assinatura. Escolha outra forma de pagamento.',
      es: '{provider} no puede renovar una suscripción. Elige otra forma de pago.',
    },
    when: 'The provider keeps no payment methods.',
    log: 'info',
  },
  subscription_not_found: {
    status: 404,
    title: {
      en: 'This subscription does not exist, or it is not yours.',
      'pt-BR': 'Esta assinatura não existe ou não é sua.',
      es: 'Esta suscripción no existe o no es tuya.',
    },
    when: 'No subscription has the id, or it is somebody else’s.',
    log: 'debug',
  },
  subscription_over: {
    status: 409,
    title: {
      en: 'This is not possible with the subscription as it is now.',
      'pt-BR': 'Isso não é possível com a assinatura como está agora.',
      es: 'Esto no es posible con la suscripción tal como está ahora.',
    },
    when: 'The subscription has ended, is not paid, or waits for the payment of a change.',
    log: 'info',
  },
  subscription_seller_left: {
    status: 409,
    title: {
      en: 'Nobody sells this any more. It ends with what is paid.',
      'pt-BR': 'Ninguém mais vende isto. Termina com o que está pago.',
      es: 'Ya nadie vende esto. Termina con lo que está pagado.',
    },
    when: 'Taking back the end of a subscription whose seller has deleted their account.',
    log: 'info',
  },
  plan_of_another_seller: {
    status: 409,
    title: {
      en: '“{title}” is sold by somebody else. Subscribe to it on its own page.',
      'pt-BR': '“{title}” é de outro vendedor. Assine na página própria.',
      es: '«{title}» es de otro vendedor. Suscríbete en su propia página.',
    },
    when: 'A subscription is changed to a plan of another seller, whose money it is not.',
    log: 'info',
  },
  subscription_not_retryable: {
    status: 409,
    title: {
      en: 'There is nothing to charge now, or no payment method to charge.',
      'pt-BR': 'Não há nada a cobrar agora ou não há forma de pagamento para cobrar.',
      es: 'Ahora no hay nada que cobrar o no hay forma de pago que cobrar.',
    },
    when: 'Support asks to try a renewal again that is not unpaid, is being tried, or has no kept method.',
    log: 'info',
  },
  instalments_not_offered: {
    status: 409,
    title: {
      en: '“{title}” cannot be paid in parts.',
      'pt-BR': '“{title}” não pode ser pago em parcelas.',
      es: '«{title}» no se puede pagar a plazos.',
    },
    when: 'The market does not allow it for this item, or a coupon leaves too little to divide.',
    log: 'info',
  },
  instalments_one_item: {
    status: 422,
    title: {
      en: 'Only one course for yourself can be paid in parts. Buy gifts, seats, bundles and other courses in an order of their own.',
      'pt-BR':
        'Só um curso, para você, pode ser pago em parcelas. Compre presentes, vagas, pacotes e outros cursos em um pedido separado.',
      es: 'Solo un curso, para ti, se puede pagar a plazos. Compra regalos, plazas, paquetes y otros cursos en un pedido aparte.',
    },
    when: 'Several lines, several of one item, a gift, seats or a bundle are to be paid in parts.',
    log: 'info',
  },
  instalments_running: {
    status: 409,
    title: {
      en: 'You are already paying for “{title}” in parts. See it under your purchases.',
      'pt-BR': 'Você já está pagando “{title}” em parcelas. Veja em suas compras.',
      es: 'Ya estás pagando «{title}» a plazos. Míralo en tus compras.',
    },
    when: 'The person pays for the item in parts already, or began to in another tab at the same moment.',
    log: 'info',
  },
  instalments_not_found: {
    status: 404,
    title: {
      en: 'This payment in parts does not exist, or it is not yours.',
      'pt-BR': 'Este parcelamento não existe ou não é seu.',
      es: 'Este pago a plazos no existe o no es tuyo.',
    },
    when: 'No plan has the id, or it is somebody else’s.',
    log: 'debug',
  },
  instalments_over: {
    status: 409,
    title: {
      en: 'There is nothing left to pay here.',
      'pt-BR': 'Não há mais nada a pagar aqui.',
      es: 'Aquí ya no queda nada por pagar.',
    },
    when: 'All parts are paid, the plan was canceled, or its first part is not paid and its time is over.',
    log: 'info',
  },
  instalments_not_retryable: {
    status: 409,
    title: {
      en: 'There is nothing to charge now, or no payment method to charge.',
      'pt-BR': 'Não há nada a cobrar agora ou não há forma de pagamento para cobrar.',
      es: 'Ahora no hay nada que cobrar o no hay forma de pago que cobrar.',
    },
    when: 'Support asks to charge a part that is not late, is being charged, or has no kept method.',
    log: 'info',
  },
  account_not_found: {
    status: 404,
    title: {
      en: 'The books have no such account.',
      'pt-BR': 'Esta conta não existe nos livros.',
      es: 'Esta cuenta no existe en los libros.',
    },
    when: 'No ledger account has the id.',
    log: 'debug',
  },
  evidence_not_found: {
    status: 404,
    title: {
      en: 'There is nothing to resolve here.',
      'pt-BR': 'Não há nada para resolver aqui.',
      es: 'Aquí no hay nada que resolver.',
    },
    when: 'No flagged evidence has the id.',
    log: 'debug',
  },
});
