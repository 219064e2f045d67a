/** In Portuguese: see `en/later/reject-doctor.ts`. */
import type { Words } from '../../catalogue.ts';
import { pluralIn } from '../../plural.ts';

const plural = pluralIn('pt');

const slips: Words['rejectDoctor']['slips'] = {
	digit: (group) => `Um algarismo do grupo ${group} é diferente.`,
	swapped: (group) => `Dois algarismos trocaram de lugar, o primeiro deles no grupo ${group}.`,
	missing: (group, count) =>
		plural(count, {
			one: `Falta um algarismo no grupo ${group}.`,
			other: `A partir do grupo ${group} faltam ${count} algarismos.`,
		}),
	extra: (group, count) =>
		plural(count, {
			one: `Há um algarismo a mais no grupo ${group}.`,
			other: `Há ${count} algarismos a mais no grupo ${group}.`,
		}),
	several: (group) => `Há mais de um algarismo diferente. O primeiro está no grupo ${group}.`,
};

const sayings: Words['rejectDoctor']['sayings'] = {
	accepted: 'Afinal foi aceite',
	'key-part': 'Parte da chave aceite: 1st, 2nd',
	refused: 'Só que foi recusada',
	'wrong-token': 'Recarga errada ou inválida',
	used: 'Já usada',
	old: 'Antiga demais',
	locked: 'Bloqueado, ou esperar',
	'too-full': 'Crédito a mais',
	expired: 'Fora de prazo',
	'no-token': 'Não é uma recarga',
	'timed-out': 'Tempo esgotado',
	'factory-key': 'Chave de fábrica',
	'not-possible': 'Não é possível aqui',
	'other-make': 'De outra marca',
	'something-else': 'Outra coisa',
	nothing: 'Nada: está apagado, ou como antes',
};

const causes: Words['rejectDoctor']['causes'] = {
	slip: {
		title: 'Há um algarismo errado',
		detail: () => 'O que digitou não é a recarga. A recarga em si continua boa.',
	},
	'another-token': {
		title: 'Essa era outra recarga',
		detail: () => 'O que foi digitado é outra recarga, não esta. Esta continua boa.',
	},
	'other-meter': {
		title: 'Este é outro contador',
		detail: ({ meter, typedMeter }) =>
			`Está junto do contador ${typedMeter}. A recarga é para o contador ${meter} e só serve nesse. Continua boa.`,
	},
	'key-set-first': {
		title: 'Primeiro a nova chave',
		detail: () =>
			'O contador precisa dos códigos da mudança de chave antes desta recarga. Digite-os, e depois esta recarga de novo. Continua boa.',
	},
	'key-set-half': {
		title: 'Falta uma parte da nova chave',
		detail: () =>
			'Segundo indicou, nem todos os códigos da mudança de chave estão digitados. Digite-os todos, desde o primeiro, e depois esta recarga de novo.',
	},
	'key-set-slow': {
		title: 'Demasiado tempo entre as partes da chave',
		detail: () =>
			'A maioria dos contadores esquece a primeira parte quando a seguinte demora mais de dez minutos. Digite todas as partes de novo sem uma pausa longa, e depois esta recarga.',
	},
	'key-set-done': {
		title: 'A nova chave já parece lá estar',
		detail: () =>
			'Segundo indicou, todas as partes já foram digitadas antes. O contador tem então a nova chave, e as partes já não servem. Continue com a recarga seguinte.',
	},
	'old-key': {
		title: 'O contador tem uma chave mais recente',
		detail: ({ ago }) =>
			`Esta recarga foi feita ${ago}, antes da nova chave que, segundo indicou, foi digitada. Um contador com uma nova chave não a lê. A linha de apoio pode substituí-la.`,
	},
	used: {
		title: 'Parece já ter sido aceite',
		detail: () =>
			'Um contador só aceita uma recarga uma vez. É muito provável que já tenha aceitado esta antes, e o crédito está lá. Se copiou de uma mensagem mais antiga, pode ser essa recarga que já foi usada. Se o crédito não subiu, ligue para a linha de apoio.',
	},
	'newer-first': {
		title: 'Uma recarga mais recente entrou primeiro',
		detail: ({ ago }) =>
			`Esta recarga foi feita ${ago} e, segundo indicou, uma mais recente foi digitada antes dela. Um contador esquece as mais antigas e depois não aceita nenhuma dessa idade. A linha de apoio pode ver o que se passa.`,
	},
	'too-old': {
		title: 'Antiga demais para este contador',
		detail: ({ ago }) =>
			`Esta recarga foi feita ${ago}. O contador diz que é mais antiga do que aquilo de que se lembra. Se nunca foi usada, a linha de apoio pode ver o que se passa.`,
	},
	'key-expired': {
		title: 'O contador diz que está fora de prazo',
		detail: () =>
			'A chave desta recarga pode ter perdido a validade, ou esta marca de contador chama assim a uma recarga antiga. Digitá-la de novo não ajuda. A linha de apoio pode dizer-lhe.',
	},
	'factory-key': {
		title: 'O contador nunca foi configurado',
		detail: () =>
			'Ainda tem a chave de fábrica e não aceita crédito com ela. Precisa dos códigos da mudança de chave, que a empresa faz.',
	},
	'too-full': {
		title: 'O contador está cheio',
		detail: () =>
			'Não leva tanto crédito a mais. A recarga não foi usada e continua boa: digite-a quando algum crédito se gastar.',
	},
	locked: {
		title: 'O contador não aceita nada durante um tempo',
		detail: () =>
			'Depois de várias recusas espera, e cada vez mais tempo. Não viu esta recarga. O tempo é o da maioria dos contadores; o seu pode mostrá-lo.',
	},
	'other-make': {
		title: 'De outra marca de contador',
		detail: () => 'O contador diz que esta recarga é para contadores de outro fabricante.',
	},
	'not-possible': {
		title: 'O contador não sabe fazer isso',
		detail: () =>
			'Leu a recarga e não pode fazer o que ela pede. A recarga não foi usada. Digitá-la de novo não ajuda.',
	},
	forgot: {
		title: 'O contador esperou tempo demais',
		detail: () =>
			'Esquece o que foi digitado quando o algarismo seguinte demora demais. Digite a recarga desde o primeiro grupo, sem pausas. Continua boa.',
	},
	dark: {
		title: 'O contador não respondeu',
		detail: () =>
			'Carregue numa tecla qualquer: o visor deve acender-se. Se o teclado for uma peça à parte, veja se tem corrente ou pilhas e se está perto do contador. Depois digite a recarga de novo.',
	},
	'dark-again': {
		title: 'O contador continua apagado',
		detail: () =>
			'O teclado ou o contador pode estar sem corrente ou avariado. A sua recarga continua boa.',
	},
	unclear: {
		title: 'Não é deste contador, ou foi mal digitada',
		detail: () =>
			'Para um contador, um algarismo errado, um contador errado e uma chave errada parecem o mesmo, e nada do que indicou aponta para um deles. Digite a recarga mais uma vez, devagar.',
	},
	'unclear-again': {
		title: 'Recusada de novo, sem nada errado à vista',
		detail: () =>
			'O contador pode ter outra chave, diferente daquela para que esta recarga foi feita; este telefone não o consegue ver. Mais tentativas só bloqueiam o contador.',
	},
};

const steps: Words['rejectDoctor']['steps'] = {
	'type-again': 'Digitar de novo passo a passo',
	'key-set': 'Digitar os códigos da mudança de chave',
	'go-on': 'Passar à recarga seguinte',
	wait: 'Digitar de novo passo a passo',
	'right-meter': 'Já estou no contador certo',
	'check-credit': 'O crédito está lá',
	'enter-later': 'Guardar para mais tarde',
	'help-line': 'Ligar para a linha de apoio',
};

export const rejectDoctor: Words['rejectDoctor'] = {
	title: 'O contador recusou-a',
	back: 'Voltar à recarga',
	stepBack: 'Pergunta anterior',
	which: { title: 'Que recarga digitou?' },
	saying: {
		title: 'O que diz o visor?',
		detail: 'Escolha o que mais se aproxima. Cada marca de contador escreve-o à sua maneira.',
		mayRead: (spellings) => `Pode ler-se ${spellings}`,
		more: 'Outras mensagens',
	},
	typed: {
		title: 'O que digitou?',
		detail:
			'Digite aqui tal como digitou no contador, ou copie o que o visor ainda mostra. É comparado neste telefone e não fica guardado em lado nenhum.',
		field: 'Os algarismos que digitou',
		hint: 'Todos, mesmo que fossem a mais ou a menos',
		soFar: (digits) => `${digits} de 20 algarismos`,
		empty: 'Digite primeiro os algarismos, ou escolha abaixo que já não sabe quais foram.',
		notDigits: 'Uma recarga só tem algarismos.',
		compare: 'Comparar',
		unknown: 'Já não sei',
	},
	meter: {
		title: 'Junto de que contador está?',
		detail:
			'O número está no contador, muitas vezes por cima de um código de barras. Em muitos contadores, um código curto mostra-o.',
		wrong: (problem) => `${problem} Veja o contador de novo.`,
		go: 'Continuar',
		unknown: 'Não o consigo ler',
	},
	keySet: {
		title: 'O contador aceitou os códigos da mudança de chave?',
		detail: (count) =>
			`${count} ${plural(count, { one: 'código que dá', other: 'códigos que dão' })} ao contador a nova chave ${plural(count, { one: 'vem', other: 'vêm' })} antes desta recarga. Cada um tem de ser aceite.`,
		yes: 'Sim, todos',
		no: 'Não, ou nem todos',
	},
	none: {
		title: 'O contador aceitou-a',
		detail: 'Então está tudo bem. Veja o novo crédito no visor.',
		go: 'Continuar',
	},
	sayings,
	slips,
	compared: {
		token: 'A recarga',
		typed: 'O que digitou',
		row: (label, digits) => `${label}: ${digits}`,
	},
	causes,
	steps,
	waitFor: (clock) => `Espere ${clock}`,
	call: (phone) => `Ligar para a linha de apoio ${phone}`,
	tell: (code) => `Diga à linha de apoio: ${code}`,
};
