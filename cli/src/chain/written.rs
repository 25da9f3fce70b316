//! Calls that people write as JSON, encoded by nothing but the chain's metadata.
//!
//! The form is the one in which commands show calls with `--dry-run --output json`: an object with the
//! pallet, in it one with the call, in it the arguments by name.

use super::{Block, EncodedCall};
use crate::{amount::Amount, quantity::Percent};
use scale_info::{
	form::PortableForm, Field, PortableRegistry, Type, TypeDef, TypeDefPrimitive, Variant,
};
use serde_json::Value as Json;
use sp_core::crypto::Ss58Codec;
use subxt::ext::codec::{Compact, Encode};

impl Block {
	/// The call that is written as `json`, or what is wrong with it.
	pub fn written_call(&self, json: &Json) -> Result<EncodedCall, String> {
		let metadata = self.at.metadata_ref();
		let kind = metadata.outer_enums().call_enum_ty();
		let mut bytes = Vec::new();
		Writer { types: metadata.types(), out: &mut bytes }.write(json, kind)?;
		self.encoded_call(bytes).ok_or_else(|| "it does not read as it was written".to_owned())
	}
}

/// Encodes JSON as the types say.
struct Writer<'a> {
	types: &'a PortableRegistry,
	out: &'a mut Vec<u8>,
}

impl Writer<'_> {
	fn kind(&self, id: u32) -> Result<&Type<PortableForm>, String> {
		self.types.resolve(id).ok_or_else(|| format!("the metadata lacks type {id}"))
	}

	/// Encodes `json` as the type `id`.
	fn write(&mut self, json: &Json, id: u32) -> Result<(), String> {
		let kind = self.kind(id)?.clone();
		let name = kind.path.segments.last().map(String::as_str).unwrap_or_default();
		match (name, json, &kind.type_def) {
			("AccountId32", Json::String(text), _) => self.account(text),
			("MultiAddress", Json::String(text), _) => {
				// Its first variant is an account.
				self.out.push(0);
				self.account(text)
			},
			("Perbill", Json::String(text), _) => {
				let Percent(share) = text.parse().map_err(|error| format!("{error}"))?;
				share.0.encode_to(self.out);
				Ok(())
			},
			("Option", Json::Null, _) => {
				self.out.push(0);
				Ok(())
			},
			("Option", json, TypeDef::Variant(option)) => {
				let some = option.variants.iter().find(|variant| variant.index == 1);
				let some = some.ok_or("an option without a value")?;
				self.out.push(1);
				self.fields(json, &some.fields)
			},
			(_, json, TypeDef::Composite(fields)) => self.fields(json, &fields.fields),
			(_, json, TypeDef::Variant(kind)) => self.variant(json, &kind.variants),
			(_, json, TypeDef::Sequence(items)) => self.list(json, items.type_param.id, None),
			(_, json, TypeDef::Array(items)) => {
				self.list(json, items.type_param.id, Some(items.len))
			},
			(_, json, TypeDef::Tuple(tuple)) => {
				let ids: Vec<_> = tuple.fields.iter().map(|field| field.id).collect();
				self.places(json, &ids)
			},
			(_, json, TypeDef::Primitive(primitive)) => self.primitive(json, primitive),
			(_, json, TypeDef::Compact(within)) => self.compact(json, within.type_param.id),
			(_, _, TypeDef::BitSequence(_)) => Err("bits can't be written".to_owned()),
		}
	}

	fn account(&mut self, text: &str) -> Result<(), String> {
		let account = match text.strip_prefix("0x") {
			Some(digits) => {
				let mut account = [0; 32];
				let read = hex::decode_to_slice(digits, &mut account);
				read.map_err(|_| format!("`{text}` has not 32 bytes"))?;
				account
			},
			None => {
				let account = sp_core::crypto::AccountId32::from_ss58check(text);
				account.map_err(|_| format!("`{text}` is no address"))?.into()
			},
		};
		self.out.extend_from_slice(&account);
		Ok(())
	}

	/// Encodes what a struct or a variant holds. One thing without a name stands for itself.
	fn fields(&mut self, json: &Json, fields: &[Field<PortableForm>]) -> Result<(), String> {
		let named = fields.iter().all(|field| field.name.is_some());
		match (json, fields) {
			(_, []) => Ok(()),
			(Json::Object(members), fields) if named => {
				let is_field =
					|name: &String| fields.iter().any(|one| one.name.as_deref() == Some(name));
				if let Some(name) = members.keys().find(|name| !is_field(name)) {
					return Err(format!("there is no `{name}`, but {}", names(fields)));
				}
				for field in fields {
					let name = field.name.as_deref().unwrap_or_default();
					// What is left out is absent.
					let value = members.get(name).unwrap_or(&Json::Null);
					self.write(value, field.ty.id).map_err(|error| format!("{name}: {error}"))?;
				}
				Ok(())
			},
			(json, [field]) => self.write(json, field.ty.id),
			(json, fields) => {
				let ids: Vec<_> = fields.iter().map(|field| field.ty.id).collect();
				let expected = |error| match named {
					true => format!("{error}: write an object with {}", names(fields)),
					false => error,
				};
				self.places(json, &ids).map_err(expected)
			},
		}
	}

	/// Encodes a list of things that each have a type.
	fn places(&mut self, json: &Json, ids: &[u32]) -> Result<(), String> {
		match (json, ids) {
			(_, []) => Ok(()),
			(Json::Array(items), ids) if items.len() == ids.len() => {
				items.iter().zip(ids).try_for_each(|(item, id)| self.write(item, *id))
			},
			(json, [id]) => self.write(json, *id),
			(json, ids) => Err(format!("`{json}` is no list of {}", ids.len())),
		}
	}

	fn variant(&mut self, json: &Json, variants: &[Variant<PortableForm>]) -> Result<(), String> {
		let (name, content) = match json {
			Json::String(name) => (name, &Json::Null),
			Json::Object(members) if members.len() == 1 => {
				members.iter().next().ok_or("an empty object")?
			},
			json => return Err(format!("`{json}` is none of {}", choices(variants))),
		};
		let variant = variants.iter().find(|variant| variant.name == *name);
		let variant =
			variant.ok_or_else(|| format!("there is no `{name}`, but {}", choices(variants)))?;
		self.out.push(variant.index);
		self.fields(content, &variant.fields).map_err(|error| format!("{name}: {error}"))
	}

	/// Encodes a list: of bytes also as digits, or as text.
	fn list(&mut self, json: &Json, id: u32, length: Option<u32>) -> Result<(), String> {
		let is_bytes = matches!(self.kind(id)?.type_def, TypeDef::Primitive(TypeDefPrimitive::U8));
		if let (true, Json::String(text)) = (is_bytes, json) {
			let bytes = match text.strip_prefix("0x") {
				Some(digits) => hex::decode(digits).map_err(|_| format!("`{text}` is no bytes"))?,
				None => text.as_bytes().to_vec(),
			};
			self.length(bytes.len(), length)?;
			self.out.extend(bytes);
			return Ok(());
		}
		let Json::Array(items) = json else { return Err(format!("`{json}` is no list")) };
		self.length(items.len(), length)?;
		items.iter().try_for_each(|item| self.write(item, id))
	}

	/// Encodes how long a list is, unless it can have this length only.
	fn length(&mut self, count: usize, expected: Option<u32>) -> Result<(), String> {
		let count = u32::try_from(count).map_err(|_| "a list is too long".to_owned())?;
		match expected {
			None => Compact(count).encode_to(self.out),
			Some(expected) if expected == count => (),
			Some(expected) => return Err(format!("{count} items, where {expected} belong")),
		}
		Ok(())
	}

	fn primitive(&mut self, json: &Json, primitive: &TypeDefPrimitive) -> Result<(), String> {
		use TypeDefPrimitive::*;
		match (primitive, json) {
			(Bool, Json::Bool(value)) => value.encode_to(self.out),
			(Str, Json::String(text)) => text.encode_to(self.out),
			(U8, json) => number::<u8>(json)?.encode_to(self.out),
			(U16, json) => number::<u16>(json)?.encode_to(self.out),
			(U32, json) => number::<u32>(json)?.encode_to(self.out),
			(U64, json) => number::<u64>(json)?.encode_to(self.out),
			(U128, json) => amount(json)?.encode_to(self.out),
			(I8, json) => number::<i8>(json)?.encode_to(self.out),
			(I16, json) => number::<i16>(json)?.encode_to(self.out),
			(I32, json) => number::<i32>(json)?.encode_to(self.out),
			(I64, json) => number::<i64>(json)?.encode_to(self.out),
			(I128, json) => number::<i128>(json)?.encode_to(self.out),
			(Bool, json) => return Err(format!("`{json}` is not true or false")),
			(Str, json) => return Err(format!("`{json}` is no text")),
			(kind, _) => return Err(format!("{kind:?} can't be written")),
		}
		Ok(())
	}

	/// Encodes a number shortly, or what holds nothing but one.
	fn compact(&mut self, json: &Json, id: u32) -> Result<(), String> {
		let kind = self.kind(id)?.clone();
		match (&kind.type_def, json) {
			(TypeDef::Composite(fields), Json::String(text))
				if kind.path.segments.last().is_some_and(|name| name == "Perbill")
					&& fields.fields.len() == 1 =>
			{
				let Percent(share) = text.parse().map_err(|error| format!("{error}"))?;
				Compact(share.0).encode_to(self.out);
			},
			(TypeDef::Composite(fields), json) => {
				let [field] = &fields.fields[..] else { return Err("no number".to_owned()) };
				self.compact(json, field.ty.id)?;
			},
			// A compact number encodes alike in each size, but must fit its own.
			(TypeDef::Primitive(TypeDefPrimitive::U8), json) => {
				Compact(number::<u8>(json)?).encode_to(self.out);
			},
			(TypeDef::Primitive(TypeDefPrimitive::U16), json) => {
				Compact(number::<u16>(json)?).encode_to(self.out);
			},
			(TypeDef::Primitive(TypeDefPrimitive::U32), json) => {
				Compact(number::<u32>(json)?).encode_to(self.out);
			},
			(TypeDef::Primitive(TypeDefPrimitive::U64), json) => {
				Compact(number::<u64>(json)?).encode_to(self.out);
			},
			(_, json) => Compact(amount(json)?).encode_to(self.out),
		}
		Ok(())
	}
}

/// A number, which may stand in quotes.
fn number<T: std::str::FromStr>(json: &Json) -> Result<T, String> {
	let text = match json {
		Json::Number(number) => number.to_string(),
		Json::String(text) => text.clone(),
		json => return Err(format!("`{json}` is no number")),
	};
	text.parse().map_err(|_| format!("`{text}` is no number that fits"))
}

/// A number of 128 bits, which on this chain is an amount: of plancks, or with a unit.
fn amount(json: &Json) -> Result<u128, String> {
	match json {
		Json::String(text) if text.contains(|c: char| !c.is_ascii_digit()) => {
			text.parse().map(|Amount(plancks)| plancks).map_err(|error| error.to_string())
		},
		json => number(json),
	}
}

/// The fields' names, for people.
fn names(fields: &[Field<PortableForm>]) -> String {
	quoted(fields.iter().filter_map(|field| field.name.as_deref()))
}

/// The variants' names, for people.
fn choices(variants: &[Variant<PortableForm>]) -> String {
	quoted(variants.iter().map(|variant| variant.name.as_str()))
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
	let quoted: Vec<_> = names.map(|name| format!("`{name}`")).collect();
	quoted.join(", ")
}

#[cfg(test)]
mod tests {
	use super::*;
	use serde_json::json;
	use subxt::{ext::codec::Decode, Metadata};

	/// What the runtime's metadata makes of `call`.
	fn written(call: &Json) -> Result<Vec<u8>, String> {
		let bytes = include_bytes!("../../artifacts/metadata.scale");
		let metadata = Metadata::decode(&mut &bytes[..]).expect("the committed metadata decodes");
		let mut out = Vec::new();
		let kind = metadata.outer_enums().call_enum_ty();
		Writer { types: metadata.types(), out: &mut out }.write(call, kind)?;
		Ok(out)
	}

	/// The address of 32 ones.
	fn address() -> String {
		subxt::utils::AccountId32([1; 32]).to_string()
	}

	#[test]
	fn call_should_be_encoded_as_its_types_say() {
		let transfer = json!({ "Balances": { "transfer_keep_alive": {
			"dest": address(), "value": "1 AIT",
		} } });
		// Pallet 10, call 3, and an account.
		let expected = [&[10, 3, 0][..], &[1; 32]].concat();
		let bytes = written(&transfer).expect("it is a call");
		assert!(bytes.starts_with(&expected), "{bytes:?}");
		let rest = &mut &bytes[35..];
		assert_eq!(Compact::<u128>::decode(rest).expect("it is an amount").0, 1_000_000_000_000);
	}

	#[test]
	fn lists_bytes_options_and_calls_within_should_be_encoded() {
		let remark = |text: &str| json!({ "System": { "remark": { "remark": text } } });
		let batch =
			json!({ "Utility": { "batch_all": { "calls": [remark("0x0102"), remark("hi")] } } });
		let bytes = written(&batch).expect("it is a call");
		let expected = [0, 0, 8, 1, 2, 0, 0, 8, b'h', b'i'];
		assert_eq!(bytes[bytes.len() - expected.len()..], expected);
		let parameter = json!({ "Parameters": { "set_parameter": {
			"key_value": { "Agents": { "RegistrationFee": [null, "7 AIT"] } },
		} } });
		let bytes = written(&parameter).expect("it is a call");
		assert!(bytes.ends_with(&7_000_000_000_000u128.to_le_bytes()), "{bytes:?}");
	}

	#[test]
	fn shares_should_be_written_in_percent() {
		let set = json!({ "Staking": { "set_min_commission": { "new": "5%" } } });
		assert!(written(&set).expect("it is a call").ends_with(&50_000_000u32.to_le_bytes()));
	}

	#[test]
	fn mistakes_should_be_told_with_what_would_be_right() {
		for (call, words) in [
			(json!({ "Balance": {} }), "there is no `Balance`, but `System`"),
			(json!({ "System": "remark_all" }), "there is no `remark_all`"),
			(
				json!({ "Balances": { "transfer_keep_alive": { "to": 1 } } }),
				"there is no `to`, but `dest`",
			),
			(
				json!({ "Balances": { "transfer_keep_alive": { "dest": "x", "value": 1 } } }),
				"dest: `x` is no address",
			),
			(json!({ "System": { "remark": { "remark": 5 } } }), "remark: `5` is no list"),
			(json!({ "Staking": { "set_validator_count": { "new": -1 } } }), "no number that fits"),
			(json!(5), "`5` is none of"),
		] {
			let error = written(&call).expect_err("it is wrong");
			assert!(error.contains(words), "{call}: {error}");
		}
	}
}
