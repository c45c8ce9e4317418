// Has CppTrader's books take the steps of a file: `cpptrader FILE SETUP ROUNDS MARKETS`. The first SETUP
// steps are not timed. Prints an object a round: processor time in nanoseconds, steps, and executions, of
// which each trade has two.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <vector>

#include "trader/matching/market_manager.h"

using namespace CppTrader::Matching;

namespace {

// As `crates/bench/src/bin/steps.rs` writes them.
struct Step {
    std::uint64_t kind;
    std::uint64_t market;
    std::uint64_t order_id;
    std::uint64_t side;
    std::uint64_t price;
    std::uint64_t lots;
};

constexpr std::uint64_t PLACE = 1;
constexpr std::uint64_t BUY = 1;

struct Executions : MarketHandler {
    std::uint64_t count = 0;
    void onExecuteOrder(const Order&, std::uint64_t, std::uint64_t) override { ++count; }
};

std::vector<Step> read(const char* path) {
    std::ifstream file(path, std::ios::binary | std::ios::ate);
    std::vector<Step> steps(static_cast<std::size_t>(file.tellg()) / sizeof(Step));
    file.seekg(0);
    file.read(reinterpret_cast<char*>(steps.data()), static_cast<std::streamsize>(steps.size() * sizeof(Step)));
    return steps;
}

std::int64_t processor_ns() {
    timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

void open_books(MarketManager& books, std::uint32_t markets) {
    const char name[8] = "MARKET";
    for (std::uint32_t market = 1; market <= markets; ++market) {
        Symbol symbol(market, name);
        books.AddSymbol(symbol);
        books.AddOrderBook(symbol);
    }
    books.EnableMatching();
}

void take(MarketManager& books, const Step& step) {
    if (step.kind != PLACE) {
        books.DeleteOrder(step.order_id);
        return;
    }
    const auto market = static_cast<std::uint32_t>(step.market);
    books.AddOrder(step.side == BUY ? Order::BuyLimit(step.order_id, market, step.price, step.lots)
                                    : Order::SellLimit(step.order_id, market, step.price, step.lots));
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 5) return 2;
    const std::vector<Step> steps = read(arguments[1]);
    const std::size_t setup = std::min<std::size_t>(std::strtoull(arguments[2], nullptr, 10), steps.size());
    const int rounds = std::atoi(arguments[3]);
    const auto markets = static_cast<std::uint32_t>(std::atoi(arguments[4]));
    for (int round = 0; round < rounds; ++round) {
        Executions executions;
        MarketManager books(executions);
        open_books(books, markets);
        for (std::size_t at = 0; at < setup; ++at) take(books, steps[at]);
        const std::int64_t started_ns = processor_ns();
        for (std::size_t at = setup; at < steps.size(); ++at) take(books, steps[at]);
        const std::int64_t elapsed_ns = processor_ns() - started_ns;
        std::printf("{\"elapsed_ns\":%lld,\"steps\":%zu,\"executions\":%llu}\n", static_cast<long long>(elapsed_ns),
                    steps.size() - setup, static_cast<unsigned long long>(executions.count));
    }
}
