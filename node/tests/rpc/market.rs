//! The namespace `market_*`.

pub mod scenario;

use crate::{chain, column, ids, plancks, ALICE, BOB, DAVE, FERDIE, NOBODY};
use aitbc_core::Hash;
use serde_json::{json, Value};

/// What is known of `job`.
fn record(job: u64) -> Value {
	chain().result("market_job", json!({ "job": job }))["record"].take()
}

/// What anybody looks for that both offers of requests meet.
fn query(more: Value) -> Value {
	let mut query = json!({
		"capability": "inference.image",
		"unit": "request",
		"units": "10",
		"maxPrice": "1000000000000",
		"seed": format!("0x{}", "07".repeat(32)),
	});
	let members = query.as_object_mut().expect("it is an object");
	members.extend(more.as_object().cloned().expect("it is an object"));
	query
}

/// Work that is paid by `payment`.
fn work(payment: Value) -> Value {
	json!({
		"specification": { "uri": "ipfs://work", "hash": format!("0x{}", "08".repeat(32)) },
		"units": "10",
		"payment": payment,
		"startWithin": 20,
		"reviewPeriod": 20,
	})
}

#[test]
fn offers_should_be_found_by_id_tag_and_agent() {
	let chain = chain();

	let offer = chain.result("market_offer", json!({ "offer": 0 }));
	let by_name = chain.result("market_offersByTag", json!({ "tag": "inference.image" }));
	let by_id = chain.result("market_offersByTag", json!({ "tag": 1 }));
	let of_agent = chain.result("market_offersOfAgent", json!({ "agent": 0 }));

	assert_eq!((&offer["agent"], &offer["account"]), (&json!(0), &json!(DAVE)));
	assert_eq!(offer["terms"]["resource"]["models"], json!(["sdxl", "flux.1"]));
	assert_eq!((&offer["status"], &offer["isBacked"]), (&json!("open"), &json!(true)));
	assert_eq!(offer["inUse"], json!("30"), "a meter of 20 units, and 10 under review");
	assert_eq!(by_name, by_id);
	assert_eq!(ids(&by_name, "offer"), [0, 1, 2]);
	assert_eq!(ids(&of_agent, "offer"), [0, 1]);
	assert!(of_agent.as_array().is_some_and(|offers| offers.contains(&offer)));
}

#[test]
fn jobs_should_be_found_by_id_party_and_tag() {
	let chain = chain();
	let of = |account| chain.result("market_jobsOfParty", json!({ "account": account }));

	let open = chain.result("market_openJobs", json!({ "tag": "inference.image" }));

	assert_eq!(ids(&of(BOB), "job"), [0, 1, 2, 3, 4, 5, 6]);
	assert_eq!(ids(&of(DAVE), "job"), [0, 2, 3, 4, 5]);
	assert_eq!(of(FERDIE), json!([]), "a bid makes nobody a party");
	assert_eq!(ids(&open, "job"), [1, 6]);
	assert!(of(BOB)
		.as_array()
		.is_some_and(|jobs| jobs.contains(&chain.result("market_job", json!({ "job": 4 })))));
}

#[test]
fn jobs_should_show_how_far_they_have_come() {
	let stage = |job| record(job)["stage"]["type"].take();

	assert_eq!(stage(1), json!("bidding"));
	assert_eq!([stage(2), stage(3)], [json!("running"), json!("running")]);
	assert_eq!(stage(4), json!("underReview"));
	let bidding = record(1);
	assert_eq!(bidding["state"], json!({ "type": "bidding", "until": 200, "assignBy": 400 }));
	assert_eq!((&bidding["bids"], &bidding["reportable"]), (&json!(2), &Value::Null));
	let stream = record(2);
	let lease = &stream["state"]["lease"];
	assert_eq!((&lease["account"], &lease["contract"]), (&json!(DAVE), &json!(2)));
	assert_eq!(lease["scope"], json!({ "type": "stream", "blocks": 50 }));
	let meter = record(3);
	assert_eq!(meter["work"]["payment"]["signer"], json!(BOB));
	assert_eq!(meter["state"]["lease"]["scope"], json!({ "type": "metered", "units": "20" }));
}

#[test]
fn jobs_should_show_how_they_ended() {
	let [done, given_up] = [0, 5].map(record);

	assert_eq!([&done["type"], &given_up["type"]], ["settled", "settled"]);
	assert_eq!([&done["outcome"], &given_up["outcome"]], ["completed", "refunded"]);
	assert_eq!(column(&done["leases"], "released"), ["16000000000000"]);
	assert_eq!(column(&given_up["leases"], "refunded"), ["2000000000000"]);
	assert_eq!(column(&done["leases"], "outcome"), ["completed"]);
}

#[test]
fn receipts_should_say_who_filed_them() {
	let chain = chain();

	let receipts = chain.result("market_receipts", json!({ "job": 0 }));

	assert_eq!(ids(&receipts, "milestone"), [0, 1]);
	let evidence = [1, 2].map(|receipt| json!(Hash::from_low_u64_be(receipt)));
	assert_eq!(column(&receipts, "evidence"), evidence);
	for receipt in receipts.as_array().expect("receipts are a list") {
		assert_eq!((&receipt["agent"], &receipt["contract"]), (&json!(0), &json!(6)));
		assert_eq!((&receipt["account"], &receipt["client"]), (&json!(DAVE), &json!(BOB)));
	}
}

#[test]
fn bids_should_be_ranked_by_what_they_are_worth() {
	let chain = chain();

	let bids = chain.result("market_bids", json!({ "job": 1 }));
	let ranked = chain.result("market_rankBids", json!({ "job": 1 }));

	assert_eq!(ids(&bids, "agent"), [0, 1]);
	let scores = column(&ranked, "score");
	let scores: Vec<_> = scores.iter().map(|score| score.as_str().expect("a string")).collect();
	assert!(scores.len() == 2 && scores[0] >= scores[1], "{scores:?}");
	let ranked_bids = column(&ranked, "bid");
	assert!(bids.as_array().is_some_and(|bids| bids.iter().all(|bid| ranked_bids.contains(bid))));
	let daves = ranked.as_array().expect("they are a list").iter();
	let daves = daves.into_iter().find(|ranked| ranked["bid"]["account"] == DAVE);
	// A tenth of the price is bid of a fifth, and 2 AIT are at risk for a job of 5.
	let fit = &daves.expect("Dave has bid")["fit"];
	assert_eq!([&fit["cost"], &fit["bond"]], ["0.500000000", "0.400000000"]);
	assert_eq!([&fit["performance"], &fit["availability"]], ["0.800000000", "0.990000000"]);
	// Half of 16 cores and half of 128 GiB are asked for.
	assert_eq!(fit["resource"], "0.500000000");
}

#[test]
fn offers_should_be_ranked_when_they_meet_what_is_asked_for() {
	let chain = chain();
	let rank = |query: Value| chain.result("market_rankOffers", json!({ "query": query }));
	let found = |ranking: &Value| {
		let offers = column(&ranking["offers"], "offer");
		ids(&json!(offers), "offer")
	};

	let all = rank(query(json!({})));
	let with_gpu = json!({ "gpu": { "count": 1, "vramMib": 40_960 } });
	let with_gpu = rank(query(json!({ "requirements": { "resource": with_gpu } })));
	let cheap = rank(query(json!({ "maxPrice": "450000000000" })));
	let trusted = rank(query(json!({ "requirements": { "minLowerBound": "1" } })));

	assert_eq!((found(&all), &all["candidates"], &all["seen"]), (vec![0, 2], &json!(2), &json!(3)));
	assert_eq!(found(&with_gpu), [0]);
	assert_eq!(with_gpu["offers"][0]["fit"]["resource"], "0.500000000");
	assert_eq!(found(&cheap), [2]);
	assert_eq!((found(&trusted), &trusted["seen"]), (Vec::new(), &json!(3)));
	let best = &chain.result("market_rankOffers", json!({ "query": query(json!({})), "limit": 1 }));
	assert_eq!(best["offers"], json!([all["offers"][0]]));
	assert_eq!(best["candidates"], json!(2));
}

#[test]
fn quotes_should_be_what_hiring_takes() {
	let chain = chain();
	let hired = record(4);

	let params = json!({ "offer": 0, "work": hired["work"] });
	let quote = chain.result("market_quote", params);

	assert_eq!(quote["price"], hired["state"]["lease"]["price"]);
	assert_eq!(quote["total"], "5000000000000");
	assert_eq!(quote["deposits"], hired["deposits"]);
	let contract = hired["state"]["lease"]["contract"].clone();
	let contract = chain.result("escrow_contract", json!({ "contract": contract }));
	assert_eq!(quote["bond"], contract["bonds"]["provider"]);
	let stream = work(json!({ "type": "stream", "blocks": 100 }));
	let stream = chain.result("market_quote", json!({ "offer": 1, "work": stream }));
	assert_eq!([&stream["price"], &stream["total"]], ["500000000000", "50000000000000"]);
}

#[test]
fn deposits_should_be_what_is_held() {
	let chain = chain();
	let (job, offer) = (record(1), chain.result("market_offer", json!({ "offer": 0 })));
	let deposits = |more: Value| {
		let mut params = json!({ "work": job["work"] });
		let members = params.as_object_mut().expect("it is an object");
		members.extend(more.as_object().cloned().expect("it is an object"));
		chain.result("market_jobDeposits", params)
	};

	assert_eq!(deposits(json!({})), job["deposits"]);
	assert_eq!(deposits(json!({ "maxBackups": 0 })), job["deposits"]);
	let with_backups = deposits(json!({ "maxBackups": 3 }));
	assert!(plancks(&with_backups["job"]) > plancks(&job["deposits"]["job"]));
	assert_eq!(chain.result("market_offerDeposit", json!({})), offer["deposit"]);
}

#[test]
fn bonds_should_follow_the_price() {
	let chain = chain();
	let bond = |job: u64, price: &str| {
		chain.result("market_bidBond", json!({ "job": job, "price": price }))
	};

	assert_eq!(bond(1, "1000000000000"), "5000000000000", "a tenth of 50 blocks at 1 AIT");
	assert_eq!(bond(1, "1"), "1000000000000", "the least there is");
	assert_eq!(bond(1, &u128::MAX.to_string()), Value::Null, "more than there can be");
	assert_eq!(bond(0, "1"), Value::Null, "the job has ended");
	assert_eq!(chain.result("market_openBids", json!({ "account": DAVE })), json!(1));
	assert_eq!(chain.result("market_openBids", json!({ "account": FERDIE })), json!(1));
}

#[test]
fn counters_should_give_rates() {
	let chain = chain();

	let activity = chain.result("market_counters", json!({}));

	let total = &activity["total"];
	assert_eq!((&total["posted"], &total["assigned"]), (&json!(7), &json!(5)));
	assert_eq!((&total["completed"], &total["refunded"]), (&json!(1), &json!(1)));
	assert_eq!(total["valueSettled"], "16000000000000");
	assert_eq!([&total["completionRate"], &total["disputeRate"]], ["0.500000000", "0.000000000"]);
	let present = chain.result("market_counters", json!({ "eras": 1 }));
	assert_eq!(present["eras"], json!([activity["eras"][0]]));
	assert_eq!(chain.result("market_counters", json!({ "eras": 0 })), present);
}

#[test]
fn answers_should_be_empty_when_there_is_nothing() {
	let chain = chain();
	let (job, account) = (json!({ "job": NOBODY }), json!({ "account": ALICE }));
	let stream = work(json!({ "type": "stream", "blocks": 1 }));
	let costly = json!({ "unit": "hour" });
	for (method, params, result) in [
		("market_offer", json!({ "offer": NOBODY }), Value::Null),
		("market_offersByTag", json!({ "tag": u32::MAX }), json!([])),
		("market_offersOfAgent", json!({ "agent": NOBODY }), json!([])),
		(
			"market_rankOffers",
			json!({ "query": query(costly) }),
			json!({ "offers": [], "candidates": 0, "seen": 3 }),
		),
		("market_quote", json!({ "offer": NOBODY, "work": stream }), Value::Null),
		("market_job", job.clone(), Value::Null),
		("market_jobsOfParty", account.clone(), json!([])),
		("market_openJobs", json!({ "tag": u32::MAX }), json!([])),
		("market_bids", job.clone(), json!([])),
		("market_rankBids", job.clone(), json!([])),
		("market_bidBond", json!({ "job": NOBODY, "price": "1" }), Value::Null),
		("market_openBids", account.clone(), json!(0)),
		("market_receipts", job, json!([])),
		("market_claims", account, json!([])),
	] {
		chain.expect(method, params, result);
	}
}

#[test]
fn tags_should_be_refused_when_no_tag_has_the_name() {
	let chain = chain();
	for (method, params) in [
		("market_offersByTag", json!({ "tag": "no.such.tag" })),
		("market_openJobs", json!({ "tag": "no.such.tag" })),
		("market_rankOffers", json!({ "query": query(json!({ "capability": "no.such.tag" })) })),
	] {
		let data = json!({ "pallet": "Agents", "error": "TagNotFound" });
		chain.expect_error(method, params, -32023, data);
	}
}

#[test]
fn signers_should_be_accounts() {
	let chain = chain();
	let metered = work(json!({ "type": "metered", "blocks": 1, "signer": "Bob" }));
	for (method, params) in [
		("market_quote", json!({ "offer": 0, "work": metered })),
		("market_jobDeposits", json!({ "work": metered })),
	] {
		chain.expect_error(method, params, -32602, json!({ "error": "BadAccount" }));
	}
}

#[test]
fn malformed_parameters_should_be_refused() {
	let chain = chain();
	let milestone = json!({ "share": "0.1", "dueAfter": 1 });
	let many = work(json!({ "type": "milestones", "milestones": vec![milestone; 11] }));
	let gift = work(json!({ "type": "gift" }));
	let long = json!({ "resource": { "models": ["x".repeat(33)] } });
	for (method, params) in [
		("market_offer", json!([])),
		("market_offer", json!(["0"])),
		("market_job", json!([-1])),
		("market_job", json!([0, "0x12"])),
		("market_offersByTag", json!([1.5])),
		("market_bidBond", json!([1, 1])),
		("market_bidBond", json!([1, "-1"])),
		("market_quote", json!([0])),
		("market_quote", json!([0, gift])),
		("market_jobDeposits", json!([many])),
		("market_rankOffers", json!([query(json!({ "units": 10 }))])),
		("market_rankOffers", json!([query(json!({ "unit": "day" }))])),
		("market_rankOffers", json!([query(json!({ "after": 1 }))])),
		("market_rankOffers", json!([query(json!({ "requirements": long }))])),
		("market_counters", json!([-1])),
	] {
		chain.expect_malformed(method, params);
	}
}
