//! Cases as text: a line for what is done, a line for what the core says of it.
//!
//! `A buy 5@10 ioc`, `A sell market 5`, `A buy market for 2050`, `A cancel #1`, `A cancel id=x`,
//! `A cancel all`; `depth` and `funds A` look, `wait 5` lets seconds pass and `tick` a command with
//! them. Behind an order stand `ioc`, `fok`, `day`, `gtd=5` (seconds after the beginning), `post`,
//! `reprice`, `worst=10`, `stp=oldest` and `show=3`. `A amend #1 5@10` (0 stays as it is, `show=3`
//! may follow); `A timer 30` sets a cancel timer; `A replace #1 stop buy 5@10` and `A replace #1 allow buy 5@10`. Upper-case letters are the owners' main accounts,
//! lower-case ones their sub accounts. `id=x` gives a client order id. An operator's lines stand in
//! `script_market`.
//!
//! `A sell stop-loss 5 stop=9` waits for a trade, and so do `stop-limit`, `take-profit` and
//! `take-profit-limit`; `A sell trailing-stop 5 trail=3` follows, with `trail-ppm=70000` too. `A oco
//! sell 5@12 / sell stop-loss 5 stop=9` and `A bracket buy 5@10 / sell @12 / sell stop-loss stop=9` are
//! lists.

use std::collections::BTreeMap;

use cse_wire::{
    AmendOrder, CancelAllOrders, CancelOrder, CancelTimerFired, CancelTimerSet, CloseReason,
    CommandRejected, CreateMarket, FLAG_POST_ONLY, FLAG_REPRICE, FLAG_TRAILING_PPM, Message,
    OrderAccepted, OrderActivated, OrderAmended, OrderClosed, OrderListKind, OrderRejected,
    OrderRepeated, OrderTriggered, OrderType, OrdersCancelled, OrdersExpired, OrdersLinked,
    PlaceOrder, PlaceOrderList, ReplaceMode, ReplaceOrder, SelfTradePrevented, SelfTradePrevention,
    SetCancelTimer, SetMarketSelfTrade, Side, Symbol, Tick, TimeInForce, Traded,
};

use crate::floor::{A, BASE, Floor, MARKET, QUOTE, START_US, SUB_A, messages};
use crate::{invariants, script_market};

const SECOND_US: i64 = 1_000_000;

/// What is done, and what the core says.
pub type Line = (&'static str, &'static str);

/// Runs a script on a market with the terms given, checking the invariants after every line.
pub fn run(name: &str, terms: impl FnOnce(&mut CreateMarket), lines: &[Line]) -> Floor {
    let mut floor = Floor::new(terms);
    for (number, &(line, expected)) in lines.iter().enumerate() {
        let said = perform(&mut floor, line);
        assert_eq!(said, expected, "{name}, line {}: {line}", number + 1);
        invariants::check(&floor.exchange);
    }
    floor
}

/// Does what a line says, and tells what came of it.
pub fn perform(floor: &mut Floor, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    if let Some(command) = script_market::command(&words) {
        return rendered(&floor.send_bytes(&command));
    }
    match words[..] {
        ["depth"] => depth(floor),
        ["funds", who] => funds(floor, who),
        ["wait", seconds] => {
            floor.now_us += number(seconds) as i64 * SECOND_US;
            String::new()
        }
        ["tick"] => rendered(&floor.send(&Tick {})),
        ["allow", "self-trades"] => rendered(&floor.send(&SetMarketSelfTrade {
            market: MARKET,
            allowed: 1,
            reserved: [0; 3],
        })),
        [who, "cancel", "all"] => {
            let command = CancelAllOrders {
                account: account(who),
                market: 0,
                side: 0,
                reserved: [0; 7],
            };
            rendered(&floor.send(&command))
        }
        [who, "timer", seconds] => rendered(&floor.send(&SetCancelTimer {
            account: account(who),
            reserved: [0; 4],
            timeout_us: number(seconds) as i64 * SECOND_US,
        })),
        [who, "cancel", which] => {
            let (order_id, client_order_id) = meant(which);
            let command = CancelOrder {
                account: account(who),
                reserved: [0; 4],
                order_id,
                client_order_id,
            };
            rendered(&floor.send(&command))
        }
        [who, "amend", which, ref changes @ ..] => {
            let (order_id, client_order_id) = meant(which);
            let asked = order(&[&[who, "buy"], changes].concat());
            let command = AmendOrder {
                account: asked.account,
                reserved: [0; 4],
                order_id,
                client_order_id,
                price: asked.price,
                quantity: asked.quantity,
                display_quantity: asked.display_quantity,
                stop_price: asked.stop_price,
            };
            rendered(&floor.send(&command))
        }
        [who, "oco", ref terms @ ..] => list(floor, OrderListKind::Oco, who, terms),
        [who, "bracket", ref terms @ ..] => list(floor, OrderListKind::Bracket, who, terms),
        [who, "replace", which, mode, ref terms @ ..] => {
            let (order_id, client_order_id) = meant(which);
            let mode = match mode {
                "stop" => ReplaceMode::StopOnFailure as u8,
                "allow" => ReplaceMode::AllowFailure as u8,
                mode => number(mode) as u8,
            };
            let command = ReplaceOrder {
                order_id,
                client_order_id,
                mode,
                reserved: [0; 7],
            };
            let mut bytes = Vec::new();
            command.append_with(&order(&[&[who], terms].concat()).encoded(), &mut bytes);
            rendered(&floor.send_bytes(&bytes))
        }
        _ => rendered(&floor.send(&order(&words))),
    }
}

/// Places the orders that the words between slashes ask for.
fn list(floor: &mut Floor, kind: OrderListKind, who: &str, terms: &[&str]) -> String {
    let mut orders = Vec::new();
    for terms in terms.split(|&word| word == "/") {
        order(&[&[who], terms].concat()).append(&mut orders);
    }
    let command = PlaceOrderList {
        kind: kind as u8,
        reserved: [0; 7],
    };
    let mut bytes = Vec::new();
    command.append_with(&orders, &mut bytes);
    rendered(&floor.send_bytes(&bytes))
}

/// `#1` or `id=x`.
fn meant(which: &str) -> (u64, Symbol<40>) {
    match which.strip_prefix('#') {
        Some(order_id) => (number(order_id), Symbol::EMPTY),
        None => (0, symbol(which.strip_prefix("id=").expect("#1 or id=x"))),
    }
}

/// The order that the words ask for.
pub fn order(words: &[&str]) -> PlaceOrder {
    let (&[who, side], mut rest) = words.split_first_chunk().expect("who and side");
    let mut order = limit_order(account(who), side_of(side), 0, 0);
    if let Some(order_type) = rest.first().and_then(|word| type_of(word)) {
        order.order_type = order_type as u8;
        rest = &rest[1..];
        if order_type == OrderType::Market {
            order.time_in_force = TimeInForce::Ioc as u8;
        }
    }
    for word in rest {
        match *word {
            "for" => order.quantity = 0,
            "ioc" => order.time_in_force = TimeInForce::Ioc as u8,
            "fok" => order.time_in_force = TimeInForce::Fok as u8,
            "day" => order.time_in_force = TimeInForce::Day as u8,
            "post" => order.flags |= FLAG_POST_ONLY,
            "reprice" => order.flags |= FLAG_REPRICE,
            word if word.contains('=') && !word.starts_with("id=") => set(&mut order, word),
            word => match (word.strip_prefix("id="), word.split_once('@')) {
                (Some(id), _) => order.client_order_id = symbol(id),
                (_, Some(("", price))) => order.price = number(price),
                (_, Some((lots, price))) => {
                    (order.quantity, order.price) = (number(lots), number(price));
                }
                _ if rest.contains(&"for") => order.quote_amount = u128::from(number(word)),
                _ => order.quantity = number(word),
            },
        }
    }
    order
}

fn type_of(word: &str) -> Option<OrderType> {
    Some(match word {
        "market" => OrderType::Market,
        "stop-loss" => OrderType::StopLoss,
        "stop-limit" => OrderType::StopLimit,
        "take-profit" => OrderType::TakeProfit,
        "take-profit-limit" => OrderType::TakeProfitLimit,
        "trailing-stop" => OrderType::TrailingStop,
        _ => return None,
    })
}

/// Sets a field as `name=value` says.
fn set(order: &mut PlaceOrder, word: &str) {
    match word.split_once('=').expect("a value") {
        ("worst", price) => order.price = number(price),
        ("show", lots) => order.display_quantity = number(lots),
        ("stop", price) => order.stop_price = number(price),
        ("trail", ticks) => order.trailing_delta = number(ticks),
        ("trail-ppm", ppm) => {
            (order.trailing_delta, order.flags) = (number(ppm), FLAG_TRAILING_PPM);
        }
        ("gtd", seconds) => {
            order.time_in_force = TimeInForce::Gtd as u8;
            order.expires_at_us = START_US + number(seconds) as i64 * SECOND_US;
        }
        ("stp", prevention) => {
            order.self_trade_prevention = match prevention {
                "oldest" => SelfTradePrevention::CancelOldest,
                "both" => SelfTradePrevention::CancelBoth,
                "decrement" => SelfTradePrevention::Decrement,
                "none" => SelfTradePrevention::None,
                _ => panic!("{prevention} prevents nothing"),
            } as u8;
        }
        _ => panic!("{word} is no field"),
    }
}

/// A limit order, good till cancelled.
pub fn limit_order(account: u32, side: Side, quantity: u64, price: u64) -> PlaceOrder {
    PlaceOrder {
        account,
        market: MARKET,
        side: side as u8,
        order_type: OrderType::Limit as u8,
        time_in_force: TimeInForce::Gtc as u8,
        self_trade_prevention: 0,
        flags: 0,
        price,
        quantity,
        quote_amount: 0,
        stop_price: 0,
        trailing_delta: 0,
        display_quantity: 0,
        expires_at_us: 0,
        client_order_id: Symbol::EMPTY,
    }
}

/// What the core says, without depth and balances.
pub fn rendered(events: &[u8]) -> String {
    let said: Vec<String> = messages(events)
        .iter()
        .filter_map(|&(kind, message)| event(kind, message))
        .collect();
    said.join("; ")
}

fn event(kind: u16, message: &[u8]) -> Option<String> {
    match kind {
        OrderAccepted::KIND => {
            let event = read::<OrderAccepted>(message);
            Some(format!("#{}", event.order_id))
        }
        Traded::KIND => {
            let Traded {
                quantity,
                price,
                maker_order_id,
                taker_order_id,
                auction,
                ..
            } = read(message);
            let taker = match auction {
                0 => String::new(),
                _ => format!(" by #{taker_order_id}"),
            };
            Some(format!("{quantity}@{price} with #{maker_order_id}{taker}"))
        }
        OrderAmended::KIND => {
            let OrderAmended {
                order_id,
                price,
                quantity,
                keeps_priority,
                ..
            } = read(message);
            let place = match keeps_priority {
                1 => "in its place",
                _ => "at the end",
            };
            Some(format!("#{order_id} now {quantity}@{price} {place}"))
        }
        SelfTradePrevented::KIND => {
            let SelfTradePrevented {
                quantity,
                price,
                maker_order_id,
                ..
            } = read(message);
            Some(format!(
                "{quantity}@{price} prevented with #{maker_order_id}"
            ))
        }
        OrdersExpired::KIND => {
            let event = read::<OrdersExpired>(message);
            Some(format!("{} due", event.count))
        }
        CancelTimerSet::KIND => {
            let event = read::<CancelTimerSet>(message);
            Some(match event.fires_at_us {
                0 => "no timer".to_string(),
                time_us => format!("timer at {}", (time_us - START_US) / SECOND_US),
            })
        }
        CancelTimerFired::KIND => {
            let event = read::<CancelTimerFired>(message);
            Some(format!("{} by timer", event.count))
        }
        OrderClosed::KIND => {
            let event: OrderClosed = read(message);
            let reason = CloseReason::from_number(event.reason).expect("a reason");
            let left = match event.remaining_quantity {
                0 => String::new(),
                left => format!(" {left} left"),
            };
            Some(format!(
                "#{} {}{left}",
                event.order_id,
                format!("{reason:?}").to_lowercase()
            ))
        }
        OrderTriggered::KIND => {
            let event = read::<OrderTriggered>(message);
            Some(format!("#{} fires at {}", event.order_id, event.stop_price))
        }
        OrdersLinked::KIND => {
            let event = read::<OrdersLinked>(message);
            Some(match (event.first, event.second, event.third) {
                (first, second, 0) => format!("linked #{first} #{second}"),
                (first, second, third) => format!("linked #{first} #{second} #{third}"),
            })
        }
        OrderActivated::KIND => {
            let event: OrderActivated = read(message);
            let at = match event.stop_price {
                0 => String::new(),
                stop => format!(" at {stop}"),
            };
            Some(format!("#{} active {}{at}", event.order_id, event.quantity))
        }
        OrderRepeated::KIND => {
            let event = read::<OrderRepeated>(message);
            Some(format!("repeat of #{}", event.order_id))
        }
        OrdersCancelled::KIND => {
            let event = read::<OrdersCancelled>(message);
            Some(format!("{} cancelled", event.count))
        }
        OrderRejected::KIND => Some(code_name(read::<OrderRejected>(message).code)),
        CommandRejected::KIND => Some(code_name(read::<CommandRejected>(message).code)),
        _ => script_market::event(kind, message),
    }
}

fn read<M: Message>(message: &[u8]) -> M {
    M::decode(message).expect("it fits its layout").0
}

/// The name of a code, as the catalogue has it.
pub fn code_name(code: u16) -> String {
    let catalogue = include_str!("../../../../codes.toml");
    let mut names = BTreeMap::new();
    let mut name = "";
    for line in catalogue.lines() {
        if let Some(title) = line.strip_prefix('[') {
            name = title.trim_end_matches(']');
        } else if let Some(value) = line.strip_prefix("number = ") {
            names.insert(number(value), name);
        }
    }
    names[&u64::from(code)].to_string()
}

fn depth(floor: &Floor) -> String {
    let side = |side| {
        let levels = floor.exchange.depth(MARKET, side, usize::MAX);
        let texts: Vec<String> = levels
            .iter()
            .map(|(price, lots)| format!("{lots}@{price}"))
            .collect();
        texts.join(" ")
    };
    format!("{} | {}", side(Side::Buy), side(Side::Sell))
}

fn funds(floor: &Floor, who: &str) -> String {
    let of = |asset| {
        let (available, locked) = floor.funds(account(who), asset);
        format!("{available}+{locked}")
    };
    format!("{} {}", of(BASE), of(QUOTE))
}

/// The account of a letter.
pub fn account(who: &str) -> u32 {
    let letter = who.bytes().next().expect("a letter");
    match letter {
        b'A'..=b'F' => A + u32::from(letter - b'A'),
        b'a'..=b'f' => SUB_A + u32::from(letter - b'a'),
        _ => panic!("{who} is nobody"),
    }
}

fn side_of(word: &str) -> Side {
    match word {
        "buy" => Side::Buy,
        "sell" => Side::Sell,
        _ => panic!("{word} is no side"),
    }
}

fn symbol(text: &str) -> Symbol<40> {
    Symbol::new(text.as_bytes()).expect("a short id")
}

fn number(text: &str) -> u64 {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is no number"))
}
