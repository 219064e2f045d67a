/** In Portuguese: see `en/purchase.ts`. */
import type { Words } from '../catalogue.ts';
import { pluralIn } from '../plural.ts';

const plural = pluralIn('pt');

export const purchase: Words['purchase'] = {
	title: 'Compra',
	back: 'Compras',
	states: {
		queued: 'Em espera',
		'confirm-again': 'Por confirmar',
		'awaiting-payment': 'Por pagar',
		issuing: 'Recarga a caminho',
		issued: 'Recarga chegou',
		refused: 'Sem recarga',
		withdrawn: 'Retirada',
		replaced: 'Continuada',
		'dead-letter': 'Precisa de conserto',
	},
	stories: {
		handingIn: {
			title: 'A entregar o seu pedido',
			detail: 'Está guardado neste aparelho e a caminho do serviço.',
		},
		queuedOffline: {
			title: 'Ainda não há recarga',
			detail:
				'O seu pedido está guardado neste aparelho. Segue sozinho quando a rede voltar. Paga nessa altura, não agora.',
		},
		unanswered: {
			title: 'Ainda não há resposta',
			detail:
				'O pedido foi enviado, e não se sabe se chegou. É repetido sozinho, com o mesmo número, por isso não pode tornar-se em duas compras.',
		},
		priceChanged: {
			title: 'O preço mudou',
			detail:
				'O dinheiro compra agora menos do que quando pediu. Nada foi pago. Veja o novo preço e decida.',
		},
		confirmationNeeded: {
			title: 'Veja antes de pagar',
			detail:
				'Pediu isto sem rede. Aqui está de quem é o contador e o que o dinheiro compra. Ainda nada foi pago.',
		},
		preparingPayment: {
			title: 'A preparar o pagamento',
			detail:
				'O serviço tem o seu pedido e está a contactar a operadora de pagamento. Ainda nada foi pago.',
		},
		approve: {
			title: 'Aprove o pagamento',
			detail:
				'A operadora de pagamento espera a sua confirmação. A recarga é feita quando o dinheiro chegar.',
		},
		approveLater: {
			title: 'Sem rede para pagar',
			detail:
				'A página de pagamento precisa de rede. Aprove o pagamento quando ela voltar. Se já o aprovou, não compre de novo: a recarga vem sozinha.',
		},
		paymentSilent: {
			title: 'A operadora de pagamento não responde',
			detail:
				'Não se sabe se ela tem o pedido. É repetido sozinho, com o mesmo número, por isso não pode pagar duas vezes. Não compre de novo.',
		},
		checkingPayment: {
			title: 'À espera do pagamento',
			detail:
				'A operadora de pagamento ainda não deu a última palavra. A recarga é feita assim que a der. Não precisa de ficar aqui.',
		},
		issuing: {
			title: 'Pago. A recarga está a ser feita',
			detail: 'O dinheiro chegou. Agora nada se pode perder; demora um momento.',
		},
		issuingSlow: {
			title: 'Pago. A recarga demora mais',
			detail:
				'O dinheiro chegou e está guardado para esta compra, mas a máquina que faz as recargas não responde. É contactada de novo sozinha. Não precisa de ficar aqui. Não compre outra vez.',
		},
		issued: {
			title: 'A sua recarga',
			detail: 'Digite estes vinte algarismos no contador.',
		},
		refused: {
			title: 'Não foi feita nenhuma recarga',
			detail: 'Abaixo está porquê, e o que pode fazer.',
		},
		withdrawn: {
			title: 'Retirou o pedido',
			detail: 'Nada foi pago e nenhuma recarga foi feita.',
		},
		replaced: {
			title: 'Continuada com um novo número',
			detail: 'Viu e aceitou. Nada foi pago com este número; a compra continua com o novo.',
		},
		deadLetter: {
			title: 'Esta compra está presa',
			detail:
				'O serviço não a consegue aceitar como está. Enviá-la de novo não ajudava, por isso fica guardada aqui. Diga à linha de apoio o código abaixo.',
		},
	},
	stages: {
		stored: 'Guardado neste aparelho',
		confirm: 'A sua confirmação',
		payment: 'Pagamento',
		making: 'A recarga é feita',
		token: 'Recarga',
	},
	stage: (place, of, stage) => `Passo ${place} de ${of}: ${stage}`,
	lessNow: (before, now) => `Foi-lhe dito ${before}. Agora são ${now}.`,
	noMoneyTaken: 'Nenhum dinheiro foi tirado.',
	approve: 'Aprovar o pagamento',
	approveAgain: 'Voltar à página de pagamento',
	agree: (amount) => `Aceitar e pagar ${amount}`,
	decline: 'Não comprar',
	tryNow: 'Tentar já',
	takeBack: 'Retirar o pedido',
	buyAgain: 'Comprar de novo',
	toNew: 'Ver a nova compra',
	openVirtualMeter: 'Ir ao contador virtual',
	notTakenBack: 'Já não pode ser retirado: o pedido pode já estar no serviço.',
	facts: {
		title: 'Esta compra',
		asked: 'Pedida em',
		attempts: 'Tentativas sem resposta',
		amount: 'Valor',
		meter: 'Contador',
		owner: 'Titular',
		phone: 'Recarga também para',
		code: 'Código',
		number: 'Número da compra',
	},
	missing: {
		title: 'Este aparelho não tem essa compra',
		detail:
			'As compras ficam no aparelho onde foram feitas. Se foi feita aqui, o navegador pode ter apagado o que guardava.',
	},
	list: {
		title: 'Compras',
		empty: {
			title: 'Ainda não há compras',
			detail:
				'Cada compra feita neste aparelho fica aqui, com a sua recarga e o seu recibo, também sem rede.',
			start: 'Recarregar',
		},
		open: 'Em curso',
		past: 'Terminadas',
		tokens: (count) =>
			`${count} ${plural(count, { one: 'recarga chegou', other: 'recargas chegaram' })}`,
	},
};
