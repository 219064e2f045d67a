/** In Portuguese: see `en/on-use/virtual-meter.ts`. */
import type { Words } from '../../catalogue.ts';
import { METER_DISPLAY, METER_ENTRY, METER_ITEMS, METER_VALUES } from '../../meter-display.ts';
import { pluralIn } from '../../plural.ts';
import { tokenDone, tokenResults } from '../token-results.ts';

const plural = pluralIn('pt');

export const virtualMeter: Words['virtualMeter'] = {
	list: {
		title: 'Contadores virtuais',
		lead: 'Contadores do parque público de teste. Aceitam recargas de teste reais e lembram-se delas neste aparelho.',
		number: (drn, ea) => (ea === '' ? `N.º ${drn}` : `N.º ${drn} · EA${ea}`),
		credit: (kwh) => `Crédito ${kwh} kWh`,
		used: (kwh) => `Gasto ${kwh} kWh`,
		chooseMake: 'Escolha primeiro o modelo',
		notYetHere: 'Ainda não usado neste aparelho.',
		unreadable: 'O que está guardado deste contador não se consegue ler. Abra-o para o reparar.',
		loading: 'A procurar contadores',
		offlineTitle: 'Ainda não há contador neste aparelho',
		offline:
			'Um contador virtual vem do serviço uma vez e depois funciona sem rede. Ligue-se à rede e tente de novo.',
		offlineKnownTitle: 'O serviço não responde',
		offlineKnown: 'Os contadores abaixo estão neste aparelho e funcionam como estão.',
		none: 'O serviço não oferece nenhum contador virtual.',
		tryAgain: 'Tentar de novo',
	},
	page: {
		back: 'Contadores virtuais',
		loading: 'A buscar o contador',
		offlineTitle: 'Este contador não está neste aparelho',
		offline: 'Vem do serviço uma vez e depois funciona sem rede. Ligue-se à rede e tente de novo.',
		unusable:
			'O serviço descreve este contador de um modo que esta aplicação não conhece. Carregue a página de novo para ter a versão mais recente.',
		tryAgain: 'Tentar de novo',
		buy: 'Comprar para este contador',
		technician: 'Ligar como técnico',
		emergency: (kwh) => `Usar ${kwh} de crédito de emergência`,
		emergencyTaken: (kwh) =>
			`Crédito de emergência: restam ${kwh}. A próxima recarga paga-o primeiro.`,
		moreLoading: 'A buscar o resto do contador',
		moreFailed:
			'O resto da página do contador ainda não está neste aparelho. Ligue-se à rede e carregue a página de novo.',
		paste: 'Colar uma recarga',
		pasteRefused: {
			empty: 'Não há nada para colar. Copie primeiro os vinte algarismos de uma recarga.',
			notToken: 'O que foi copiado não é uma recarga. Uma recarga tem vinte algarismos.',
			notAllowed:
				'O navegador não deixa esta página ler o que foi copiado. Digite os algarismos, ou carregue em Ctrl V.',
		},
		storeFault:
			'Este aparelho não conseguiu guardar o que o contador fez, por isso não foi feito. Liberte espaço e tente de novo.',
	},
	handOver: {
		label: 'Recargas para este contador',
		turn: (place, of) => `Recarga ${place} de ${of}`,
		enter: 'Está no visor. Carregue em Entrar no teclado.',
		offer: (place, of) => `A seguir: recarga ${place} de ${of}`,
	},
	code: (code) => `Código ${code}`,
	corrupt: {
		title: 'Este contador não se consegue ler',
		detail:
			'O que este aparelho guardou do contador está estragado: o crédito e as recargas aceites perderam-se. Leve-o de volta à fábrica para o usar de novo.',
		offlineTitle: 'O serviço não responde',
		offline:
			'Levar o contador de volta à fábrica precisa da rede uma vez. Ligue-se e tente de novo.',
	},
	housing: {
		label: (drn) => `Contador virtual ${drn}`,
		number: 'N.º',
		ratings: (ea, phases) =>
			`EA${ea} · ${phases === 1 ? '230 V' : '3×230/400 V'} · 5(60) A · 50 Hz`,
		test: 'TESTE',
		pulses: (perKwh) => `${perKwh} imp/kWh`,
		supplyOn: 'Com corrente',
		supplyOff: 'Sem corrente',
	},
	keypad: { label: 'Teclado', enter: 'Entrar', backspace: 'Apagar o último algarismo' },
	display: METER_DISPLAY,
	twin: {
		credit: (kwh) => `Crédito ${kwh} kWh.`,
		emergencyCredit: (kwh) => `Crédito de emergência ${kwh} kWh.`,
		used: (kwh) => `Gasto ${kwh} kWh.`,
		phases: (phases) => `Passa corrente em ${phases}.`,
		rate: (rate) => `Tarifa ${rate}.`,
		emergency: 'O crédito de emergência está em uso.',
		remoteOff: 'Desligado à distância.',
		supplyOff: 'Sem corrente.',
		lowCredit: 'Crédito baixo.',
		tamper: 'Alarme de fraude.',
		locked: 'Bloqueado.',
		entry: (groups) => `Digitado: ${groups}`,
		full: 'Os vinte algarismos estão lá. Carregue em Entrar.',
		item: (label, value) => `${label}: ${value}`,
	},
	entry: {
		incomplete: {
			display: METER_ENTRY.incomplete,
			title: 'Recarga incompleta',
			detail: (count) =>
				`Uma recarga tem vinte algarismos; ${count} ${plural(count, { one: 'está digitado', other: 'estão digitados' })}. Digite o resto.`,
		},
		timedOut: {
			display: METER_ENTRY.timedOut,
			title: 'O contador esqueceu os algarismos',
			detail: (seconds) =>
				`Espera ${seconds} ${plural(seconds, { one: 'segundo', other: 'segundos' })} pelo algarismo seguinte. Digite a recarga desde o início.`,
		},
		offered: {
			display: METER_ENTRY.offered,
			title: 'A sua recarga está no visor',
			detail: () => 'Carregue em Entrar no teclado para a dar ao contador.',
		},
		unknownCode: {
			display: METER_ENTRY.unknownCode,
			title: 'O contador não tem esse código',
			detail: (code) =>
				`Nada se mostra com ${code}. 001 mostra o crédito, 002 o número do contador.`,
		},
	},
	results: tokenResults,
	done: tokenDone,
	items: METER_ITEMS,
	shown: { title: 'No visor' },
	...METER_VALUES,
	locked: (clock) => `O contador volta a aceitar recargas daqui a ${clock}.`,
	load: {
		label: 'Consumo',
		phase: (phase) => `Consumo em L${phase}`,
		power: (kilowatts) => `${kilowatts} kW`,
		off: 'Não há corrente: nada passa.',
		examples: {
			none: 'Nada está ligado.',
			small: 'Um carregador de telefone, uma lâmpada ou duas.',
			middle: 'Um frigorífico, um televisor, algumas lâmpadas.',
			large: 'Um ferro ou uma chaleira.',
			huge: 'Um fogão e um termoacumulador.',
		},
	},
	lapse: {
		label: 'Tempo',
		meaning: { 1: 'tempo real', 60: '1 s = 1 min', 3600: '1 s = 1 h' },
		clock: (time) => `O relógio do contador: ${time}`,
	},
	log: {
		events: {
			manufactured: 'Saiu da fábrica',
			'power-down': 'Corrente foi-se',
			'power-up': 'Corrente voltou',
			'clock-set': 'Relógio acertado',
			'parameters-changed': 'Definições mudadas',
			'keys-transferred': 'Chaves de comunicação mudadas',
			'rate-switched': 'Tarifa trocada',
			'calendar-activated': 'Novo calendário tarifário',
			'firmware-ready': 'Novo programa verificado',
			'firmware-refused': 'Novo programa recusado',
			'firmware-activated': 'Novo programa em uso',
			'tamper-detected': 'Fraude notada',
			'tamper-ended': 'Fraude terminada',
			'tamper-cleared': 'Alarme de fraude apagado',
			'relay-opened': 'Corrente cortada',
			'relay-closed': 'Corrente ligada',
			'relay-armed': 'A corrente pode ser ligada',
			'limit-changed': 'Limite mudado',
			'voltage-sag': 'Tensão baixa demais',
			'voltage-swell': 'Tensão alta demais',
			'voltage-normal': 'Tensão de novo normal',
			'credit-low': 'Crédito baixo',
			'emergency-invoked': 'Crédito de emergência usado',
			'emergency-exhausted': 'Crédito de emergência gasto',
			'emergency-repaid': 'Crédito de emergência pago',
			'charge-collected': 'Dívida cobrada',
			'credit-cleared': 'Crédito apagado',
			'key-changed': 'Chave mudada',
		},
	},
	factory: {
		ask: 'Levar este contador de volta à fábrica',
		title: 'De volta à fábrica?',
		meaning:
			'O crédito, o registo de eventos e tudo o que o contador lembra são apagados neste aparelho.',
		warning:
			'Esquece também as recargas que aceitou, que assim podem ser digitadas de novo. Nenhum contador real faz isso.',
		keep: 'Ficar com o contador',
		confirm: 'De volta à fábrica',
	},
};
