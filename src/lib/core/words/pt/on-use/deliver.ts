/** In Portuguese: see `en/on-use/deliver.ts`. */
import type { DeliverWords } from '../../deliver.ts';

export const deliver: DeliverWords = {
	title: 'Enviar ao contador',
	back: 'Voltar à recarga',
	forMeter: (meter) => `Para o contador ${meter}`,
	need: {
		title: 'Este navegador não chega a um contador',
		detail:
			'É precisa uma sonda com cabo, e o Chrome ou Edge num computador, ou o Chrome num telefone Android. O teclado do contador serve sempre.',
	},
	how: [
		'Ligue a sonda a este aparelho e encoste-a à janela redonda do contador, com o cabo para baixo.',
		'Toque no botão abaixo. O navegador mostra uma lista: escolha a sonda.',
		'Segure-a até este ecrã dizer que o contador tem a recarga.',
	],
	howVirtual: 'É um contador virtual deste aparelho: não é preciso cabo.',
	ways: {
		virtual: 'Enviar ao contador virtual',
		with: (probe) => `Enviar com ${probe}`,
		serial: 'Escolher a sonda',
		usb: 'Escolher uma sonda USB',
		other: 'Escolher outra sonda',
	},
	doing: {
		calling: { title: 'A chamar o contador', detail: 'Não mexa a sonda.' },
		asking: { title: 'A perguntar ao contador quem é', detail: 'Ainda nada lhe foi enviado.' },
		admitted: { title: 'É o contador certo', detail: 'Não mexa a sonda.' },
		reading: { title: 'A ler o contador', detail: 'Lê-se o que ele tem antes de enviar algo.' },
		sending: { title: 'A enviar a recarga', detail: 'Não mexa a sonda.' },
		looking: { title: 'O contador está a vê-la', detail: 'Responde dentro de momentos.' },
		readingBack: {
			title: 'O contador não respondeu',
			detail: 'Nada foi enviado duas vezes. Lê-se o que ele tem.',
		},
	},
	results: {
		taken: { title: 'O contador aceitou-a', detail: 'Já não há nada a digitar.' },
		used: {
			title: 'O contador já tem esta recarga',
			detail: 'Diz que já foi usada. Compare o crédito com o que espera.',
		},
		format: {
			title: 'O contador não a lê desta forma',
			detail: 'Os algarismos estão completos. Digite-os: a recarga continua boa.',
		},
		authentication: {
			title: 'O contador diz: não é para mim',
			detail: 'A chave dele pode ser outra que a da recarga. A recarga não foi usada.',
		},
		validation: {
			title: 'O contador diz: usada, antiga ou expirada',
			detail: 'Vamos procurar a causa. A recarga não foi aceite agora.',
		},
		execution: {
			title: 'O contador não a pode aceitar agora',
			detail: 'Está cheio, ou espera depois de várias recusas. A recarga continua boa.',
		},
		keypadOnly: {
			title: 'Este contador só aceita recargas no teclado',
			detail: 'Por cabo só um técnico lhe pode enviar uma. A recarga não foi usada.',
		},
		lost: {
			title: 'Ainda não se sabe',
			detail:
				'A ligação caiu com a recarga a caminho. Ligue de novo: lê-se primeiro o que o contador tem, e nada é enviado duas vezes.',
		},
		undecided: {
			title: 'O contador não diz se a tem',
			detail:
				'Compare o crédito no visor. Enviada de novo, uma recarga que ele já tem é só dada como usada e não conta duas vezes.',
		},
		held: { title: 'Ainda não foi tudo enviado', detail: 'O que falta ao contador espera aqui.' },
		calledOff: { title: 'Parado', detail: 'Nada está a caminho do contador.' },
		allIn: {
			title: 'Está tudo no contador',
			detail: 'Segundo indicou no teclado, ou segundo o próprio contador.',
		},
		damaged: {
			title: 'Não se sabe onde se ficou',
			detail:
				'O que este aparelho anotou não se lê. Enviada de novo, uma recarga que o contador tem é só dada como usada.',
		},
		notKept: {
			title: 'Este aparelho não consegue guardar nada',
			detail: 'Por isso nada mais foi enviado. Liberte espaço e tente de novo.',
		},
		notTokens: {
			title: 'Estes algarismos não podem ser enviados',
			detail: 'Nada foi enviado. Digite-os.',
		},
		otherTab: {
			title: 'Outro separador está neste contador',
			detail: 'Um de cada vez, para nada ser enviado duas vezes. Feche-o primeiro.',
		},
	},
	failures: {
		silent: {
			title: 'O contador não responde',
			detail:
				'Nada foi enviado. Encoste bem a sonda à janela redonda, com o cabo para baixo, e tente de novo.',
		},
		noProtocol: {
			title: 'O contador não fala por esta porta',
			detail: 'Nada foi enviado. Digite a recarga.',
		},
		otherMeter: { title: 'É outro contador', detail: 'Nada lhe foi enviado.' },
		untold: {
			title: 'O contador não diz o seu número',
			detail: 'Por isso nada foi enviado: podia ser outro. Digite a recarga.',
		},
		brokeOff: {
			title: 'O contador desligou',
			detail: 'Nada está a caminho. Espere dois minutos e tente de novo.',
		},
		unplugged: {
			title: 'O cabo está solto',
			detail: 'Nada está a caminho. Ligue-o e tente de novo.',
		},
		busy: {
			title: 'A sonda está ocupada',
			detail: 'Outro separador ou programa está a usá-la. Nada foi enviado.',
		},
		notAllowed: {
			title: 'A sonda não está autorizada',
			detail: 'Autorize as portas série e USB para esta página nas definições do navegador.',
		},
		port: {
			title: 'A sonda não funciona aqui',
			detail: 'Nada foi enviado. Desligue-a, ligue-a de novo, ou escolha outra.',
		},
		nothingChosen: { title: 'Nenhuma sonda escolhida', detail: 'Ligue-a e escolha-a na lista.' },
	},
	otherMeter: (found, wanted) => `É o contador ${found}. A recarga é para o contador ${wanted}.`,
	credit: { before: 'Crédito antes', after: 'Crédito no contador agora' },
	phases: {
		waiting: 'À espera',
		going: 'A caminho',
		unknown: 'Não se sabe',
		taken: 'No contador',
		refused: 'Recusada',
	},
	acts: {
		again: 'Tentar de novo',
		connect: 'Ligar de novo',
		takeOver: 'Usar aqui',
		rest: 'Enviar o resto',
		coach: 'Digitar passo a passo',
		doctor: 'Procurar a causa',
		lookAgain: 'Ver de novo',
		sendAgain: 'Enviar outra vez',
		done: 'Ver a recarga',
		cancel: 'Parar',
		cancelling: 'Para depois deste passo',
	},
	older: 'Enviar a mais antiga',
	code: (code) => `Código ${code}`,
};
